<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>devices</name>
    <message id="devices.alone">
        <source>No graphics or AI chip that could help was found. Everything works on the processor.</source>
        <translation>Kein Grafik- oder KI-Chip gefunden, der helfen könnte. Alles läuft auf dem Prozessor.</translation>
    </message>
    <message id="devices.alone_more">
        <source>If there is one in this computer, “Examine” below tells what is missing.</source>
        <translation>Steckt einer in diesem Computer, sagt „Untersuchen“ weiter unten, was fehlt.</translation>
    </message>
    <message id="devices.always">
        <source>Always there</source>
        <translation>Immer da</translation>
    </message>
    <message id="devices.at_sizes">
        <source>at {some} of {all} sizes</source>
        <translation>bei {some} von {all} Größen</translation>
    </message>
    <message id="devices.by">
        <source>by {provider}</source>
        <translation>über {provider}</translation>
    </message>
    <message id="devices.check_again">
        <source>Check again</source>
        <translation>Erneut prüfen</translation>
    </message>
    <message id="devices.col_here">
        <source>Here</source>
        <translation>Hier</translation>
    </message>
    <message id="devices.col_processor">
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message id="devices.col_same">
        <source>Same result</source>
        <translation>Gleiches Ergebnis</translation>
    </message>
    <message id="devices.col_share">
        <source>Done on it</source>
        <translation>Anteil der Arbeit</translation>
    </message>
    <message id="devices.col_size">
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message id="devices.compact">
        <source>compact</source>
        <translation>kompakt</translation>
    </message>
    <message id="devices.compile">
        <source>its compiler could not translate this model</source>
        <translation>sein Übersetzer kam mit diesem Modell nicht zurecht</translation>
    </message>
    <message id="devices.copy_report">
        <source>Copy details of this computer’s devices</source>
        <translation>Einzelheiten zu den Geräten dieses Computers kopieren</translation>
    </message>
    <message id="devices.cores" numerus="yes">
        <source>{count} fast cores</source>
        <translation>
            <numerusform>{count} schneller Kern</numerusform>
            <numerusform>{count} schnelle Kerne</numerusform>
        </translation>
    </message>
    <message id="devices.crash">
        <source>its driver crashed; nothing else was harmed</source>
        <translation>sein Treiber ist abgestürzt; sonst kam nichts zu Schaden</translation>
    </message>
    <message id="devices.device_lost">
        <source>its driver lost it in the middle of the work</source>
        <translation>sein Treiber hat es mitten in der Arbeit verloren</translation>
    </message>
    <message id="devices.doctor">
        <source>Is something missing?</source>
        <translation>Fehlt etwas?</translation>
    </message>
    <message id="devices.doctor_note">
        <source>Looks at drivers, packages, model files and the disk. Takes a few seconds; nothing is sent.</source>
        <translation>Sieht nach Treibern, Paketen, Modelldateien und der Festplatte. Dauert ein paar Sekunden; nichts wird gesendet.</translation>
    </message>
    <message id="devices.driver">
        <source>driver {version}</source>
        <translation>Treiber {version}</translation>
    </message>
    <message id="devices.elsewhere">
        <source>in another Python</source>
        <translation>in einem anderen Python</translation>
    </message>
    <message id="devices.exact">
        <source>exact</source>
        <translation>genau</translation>
    </message>
    <message id="devices.examine">
        <source>Examine</source>
        <translation>Untersuchen</translation>
    </message>
    <message id="devices.examine_again">
        <source>Examine again</source>
        <translation>Erneut untersuchen</translation>
    </message>
    <message id="devices.examining">
        <source>Examining this computer</source>
        <translation>Dieser Computer wird untersucht</translation>
    </message>
    <message id="devices.experimental">
        <source>Nobody has tried Homespun on such hardware yet. It is used only where it proves itself here.</source>
        <translation>Auf solcher Hardware hat Homespun noch niemand erprobt. Sie wird nur genutzt, wo sie sich hier bewährt.</translation>
    </message>
    <message id="devices.f_compiled">
        <source>Something prepared for a device is damaged</source>
        <translation>Etwas für ein Gerät Vorbereitetes ist beschädigt</translation>
    </message>
    <message id="devices.f_compiled_todo">
        <source>It is deleted and made anew when needed.</source>
        <translation>Es wird gelöscht und bei Bedarf neu gemacht.</translation>
    </message>
    <message id="devices.f_emulated">
        <source>Homespun runs by emulation</source>
        <translation>Homespun läuft über eine Emulation</translation>
    </message>
    <message id="devices.f_emulated_todo">
        <source>Everything is slower and the AI chip can’t be reached. Install the version made for this processor.</source>
        <translation>Alles ist langsamer, und der KI-Chip ist nicht erreichbar. Installiere die Fassung für diesen Prozessor.</translation>
    </message>
    <message id="devices.f_interrupted">
        <source>A trial was cut off</source>
        <translation>Ein Versuch wurde unterbrochen</translation>
    </message>
    <message id="devices.f_interrupted_todo">
        <source>It is tried again later, or now.</source>
        <translation>Er wird später wiederholt, oder jetzt.</translation>
    </message>
    <message id="devices.f_ledger">
        <source>Earlier results could not be read</source>
        <translation>Frühere Ergebnisse waren nicht lesbar</translation>
    </message>
    <message id="devices.f_ledger_todo">
        <source>Nothing has to be done; trying again fills them in.</source>
        <translation>Es ist nichts zu tun; ein neuer Versuch füllt sie wieder.</translation>
    </message>
    <message id="devices.f_model">
        <source>A model is damaged or not complete</source>
        <translation>Ein Modell ist beschädigt oder unvollständig</translation>
    </message>
    <message id="devices.f_model_todo">
        <source>Bring it again on the page Models.</source>
        <translation>Hol es auf der Seite Modelle noch einmal.</translation>
    </message>
    <message id="devices.f_no_driver">
        <source>A chip that could help has no driver</source>
        <translation>Einem Chip, der helfen könnte, fehlt der Treiber</translation>
    </message>
    <message id="devices.f_no_driver_todo">
        <source>Install its maker’s newest driver, then look again.</source>
        <translation>Installiere den neuesten Treiber des Herstellers und such dann noch einmal.</translation>
    </message>
    <message id="devices.f_no_package">
        <source>A chip that could help isn’t used yet</source>
        <translation>Ein Chip, der helfen könnte, wird noch nicht genutzt</translation>
    </message>
    <message id="devices.f_no_package_todo">
        <source>It takes one more package; the command stands below. Then look again.</source>
        <translation>Dazu braucht es ein weiteres Paket; der Befehl steht darunter. Such dann noch einmal.</translation>
    </message>
    <message id="devices.f_no_runtime">
        <source>What runs models is not installed</source>
        <translation>Was Modelle ausführt, ist nicht installiert</translation>
    </message>
    <message id="devices.f_no_runtime_todo">
        <source>No model can run. Install Homespun again.</source>
        <translation>Kein Modell kann laufen. Installiere Homespun neu.</translation>
    </message>
    <message id="devices.f_provider">
        <source>A package is here but offers no device</source>
        <translation>Ein Paket ist da, bietet aber kein Gerät an</translation>
    </message>
    <message id="devices.f_provider_todo">
        <source>A newer driver may help. Everything works on the processor meanwhile.</source>
        <translation>Ein neuerer Treiber kann helfen. Bis dahin läuft alles auf dem Prozessor.</translation>
    </message>
    <message id="devices.f_python">
        <source>This Python is too old or too new</source>
        <translation>Dieses Python ist zu alt oder zu neu</translation>
    </message>
    <message id="devices.f_python_todo">
        <source>Some parts don’t exist for it. Set Homespun up with another one.</source>
        <translation>Manche Teile gibt es dafür nicht. Richte Homespun mit einem anderen ein.</translation>
    </message>
    <message id="devices.f_quarantine">
        <source>A device failed and is left alone</source>
        <translation>Ein Gerät ist ausgefallen und bleibt in Ruhe</translation>
    </message>
    <message id="devices.f_quarantine_todo">
        <source>A newer driver may help. Its card above lets it try again.</source>
        <translation>Ein neuerer Treiber kann helfen. Auf seiner Karte oben darf es noch einmal versuchen.</translation>
    </message>
    <message id="devices.f_runtime_too_old">
        <source>What runs models is too old for a package</source>
        <translation>Was Modelle ausführt, ist für ein Paket zu alt</translation>
    </message>
    <message id="devices.f_runtime_too_old_todo">
        <source>Install Homespun again.</source>
        <translation>Installiere Homespun neu.</translation>
    </message>
    <message id="devices.f_settings">
        <source>The settings file can’t be read</source>
        <translation>Die Einstellungsdatei ist nicht lesbar</translation>
    </message>
    <message id="devices.f_settings_todo">
        <source>Settings shows the line that is wrong.</source>
        <translation>Die Einstellungen zeigen die Zeile, die nicht stimmt.</translation>
    </message>
    <message id="devices.f_space">
        <source>Little room is left on the disk</source>
        <translation>Auf der Festplatte ist wenig Platz</translation>
    </message>
    <message id="devices.f_space_todo">
        <source>Models that you don’t use can be removed.</source>
        <translation>Modelle, die du nicht nutzt, lassen sich entfernen.</translation>
    </message>
    <message id="devices.f_switched_off">
        <source>Other devices are switched off</source>
        <translation>Andere Geräte sind abgeschaltet</translation>
    </message>
    <message id="devices.f_switched_off_todo">
        <source>Every model runs on the processor, because Settings say so.</source>
        <translation>Jedes Modell läuft auf dem Prozessor, weil es in den Einstellungen so steht.</translation>
    </message>
    <message id="devices.f_two_runtimes">
        <source>Two runtimes are installed over each other</source>
        <translation>Zwei Laufzeiten sind übereinander installiert</translation>
    </message>
    <message id="devices.f_two_runtimes_todo">
        <source>Only the processor is used. Install Homespun again to mend it.</source>
        <translation>Nur der Prozessor wird genutzt. Installiere Homespun neu, um das zu beheben.</translation>
    </message>
    <message id="devices.failed">
        <source>it ended with an error that Homespun doesn’t know</source>
        <translation>es endete mit einem Fehler, den Homespun nicht kennt</translation>
    </message>
    <message id="devices.faster">
        <source>{times}× faster than the processor</source>
        <translation>{times}× schneller als der Prozessor</translation>
    </message>
    <message id="devices.faster_range">
        <source>{low} to {high}× faster than the processor</source>
        <translation>{low} bis {high}× schneller als der Prozessor</translation>
    </message>
    <message id="devices.forgive">
        <source>Let it try again</source>
        <translation>Noch einmal versuchen lassen</translation>
    </message>
    <message id="devices.forgive_name">
        <source>Let {name} try again</source>
        <translation>{name} noch einmal versuchen lassen</translation>
    </message>
    <message id="devices.forgiven">
        <source>It may try again. “Check again” does that now.</source>
        <translation>Es darf es noch einmal versuchen. „Erneut prüfen“ tut das jetzt.</translation>
    </message>
    <message id="devices.hang">
        <source>it did not answer in time and was stopped</source>
        <translation>es hat nicht rechtzeitig geantwortet und wurde angehalten</translation>
    </message>
    <message id="devices.heading">
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message id="devices.in_use">
        <source>In use</source>
        <translation>Wird genutzt</translation>
    </message>
    <message id="devices.kind_cpu">
        <source>Processor</source>
        <translation>Prozessor</translation>
    </message>
    <message id="devices.kind_gpu">
        <source>Graphics chip</source>
        <translation>Grafikchip</translation>
    </message>
    <message id="devices.kind_npu">
        <source>AI chip (NPU)</source>
        <translation>KI-Chip (NPU)</translation>
    </message>
    <message id="devices.lead">
        <source>The processor always works. Anything else has to prove on this computer that it gives the same result, and faster.</source>
        <translation>Der Prozessor arbeitet immer. Alles andere muss auf diesem Computer beweisen, dass es das gleiche Ergebnis liefert, und schneller.</translation>
    </message>
    <message id="devices.library">
        <source>its library can’t be loaded or doesn’t fit</source>
        <translation>seine Bibliothek lässt sich nicht laden oder passt nicht</translation>
    </message>
    <message id="devices.look_again">
        <source>Look again</source>
        <translation>Noch einmal suchen</translation>
    </message>
    <message id="devices.looking">
        <source>Looking for devices</source>
        <translation>Geräte werden gesucht</translation>
    </message>
    <message id="devices.mend">
        <source>Mend it</source>
        <translation>Beheben</translation>
    </message>
    <message id="devices.mended" numerus="yes">
        <source>{count} damaged files were deleted; they are made anew when needed.</source>
        <translation>
            <numerusform>{count} beschädigte Datei gelöscht; sie wird bei Bedarf neu gemacht.</numerusform>
            <numerusform>{count} beschädigte Dateien gelöscht; sie werden bei Bedarf neu gemacht.</numerusform>
        </translation>
    </message>
    <message id="devices.mended_nothing">
        <source>Nothing damaged was left.</source>
        <translation>Es war nichts Beschädigtes mehr da.</translation>
    </message>
    <message id="devices.new">
        <source>Not tried yet</source>
        <translation>Noch nicht erprobt</translation>
    </message>
    <message id="devices.no_backend">
        <source>its library doesn’t find the part that talks to the hardware</source>
        <translation>seine Bibliothek findet den Teil nicht, der mit der Hardware spricht</translation>
    </message>
    <message id="devices.no_device">
        <source>its library finds no such hardware, or no driver for it</source>
        <translation>seine Bibliothek findet solche Hardware nicht, oder keinen Treiber dafür</translation>
    </message>
    <message id="devices.no_memory">
        <source>it has too little memory free for this model</source>
        <translation>es hat für dieses Modell zu wenig Speicher frei</translation>
    </message>
    <message id="devices.no_models">
        <source>There is no model here yet.</source>
        <translation>Noch ist kein Modell hier.</translation>
    </message>
    <message id="devices.no_work">
        <source>No model fits it</source>
        <translation>Kein Modell passt dazu</translation>
    </message>
    <message id="devices.not_proved">
        <source>it was never tried with this model</source>
        <translation>es wurde mit diesem Modell noch nie erprobt</translation>
    </message>
    <message id="devices.not_tried">
        <source>Not tried yet</source>
        <translation>Noch nicht erprobt</translation>
    </message>
    <message id="devices.not_used">
        <source>Not used</source>
        <translation>Nicht genutzt</translation>
    </message>
    <message id="devices.not_used_because">
        <source>Not used: {why}.</source>
        <translation>Nicht genutzt: {why}.</translation>
    </message>
    <message id="devices.nothing_to_try">
        <source>Everything was tried before.</source>
        <translation>Alles wurde schon erprobt.</translation>
    </message>
    <message id="devices.off">
        <source>Switched off</source>
        <translation>Abgeschaltet</translation>
    </message>
    <message id="devices.on_day">
        <source>checked on {day}</source>
        <translation>geprüft am {day}</translation>
    </message>
    <message id="devices.own_words">
        <source>In its own words: {text}</source>
        <translation>Im Wortlaut, englisch: {text}</translation>
    </message>
    <message id="devices.partial">
        <source>it would do only a part of the work</source>
        <translation>es würde nur einen Teil der Arbeit tun</translation>
    </message>
    <message id="devices.partial_by">
        <source>it would do {share} of the work itself, and 95 % are needed</source>
        <translation>es täte {share} der Arbeit selbst, und 95 % sind nötig</translation>
    </message>
    <message id="devices.percent">
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message id="devices.preparing">
        <source>Finding out what there is to try</source>
        <translation>Es wird nachgesehen, was zu erproben ist</translation>
    </message>
    <message id="devices.probe">
        <source>Try them now</source>
        <translation>Jetzt erproben</translation>
    </message>
    <message id="devices.proved">
        <source>Same result as the processor</source>
        <translation>Gleiches Ergebnis wie der Prozessor</translation>
    </message>
    <message id="devices.quarantined">
        <source>it failed before and is left alone for now</source>
        <translation>es ist vorher ausgefallen und bleibt vorerst in Ruhe</translation>
    </message>
    <message id="devices.quarantined_driver">
        <source>{cause}; it is left alone until its driver changes</source>
        <translation>{cause}; es bleibt in Ruhe, bis sich der Treiber ändert</translation>
    </message>
    <message id="devices.quarantined_until">
        <source>{cause}; it is left alone until {day}</source>
        <translation>{cause}; es bleibt bis {day} in Ruhe</translation>
    </message>
    <message id="devices.runs">
        <source>Runs: {names}</source>
        <translation>Führt aus: {names}</translation>
    </message>
    <message id="devices.runs_all">
        <source>Runs everything</source>
        <translation>Führt alles aus</translation>
    </message>
    <message id="devices.silent_cpu">
        <source>it takes the model and then leaves all the work to the processor</source>
        <translation>es nimmt das Modell an und lässt dann doch alles den Prozessor tun</translation>
    </message>
    <message id="devices.simulated">
        <source>Simulated</source>
        <translation>Simuliert</translation>
    </message>
    <message id="devices.simulated_note">
        <source>It is for tests, is slow, and runs only what asks for it by name.</source>
        <translation>Es ist für Tests, langsam, und führt nur aus, was es beim Namen nennt.</translation>
    </message>
    <message id="devices.size_fixed">
        <source>One size</source>
        <translation>Eine Größe</translation>
    </message>
    <message id="devices.size_picture">
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} Pixel</translation>
    </message>
    <message id="devices.size_text" numerus="yes">
        <source>up to {count} word pieces</source>
        <translation>
            <numerusform>bis {count} Wortstück</numerusform>
            <numerusform>bis {count} Wortstücke</numerusform>
        </translation>
    </message>
    <message id="devices.slow">
        <source>it is no quicker than the processor</source>
        <translation>es ist nicht schneller als der Prozessor</translation>
    </message>
    <message id="devices.slow_at_times">
        <source>it is quicker as a rule, but slower than the processor at times</source>
        <translation>es ist meist schneller, aber manchmal langsamer als der Prozessor</translation>
    </message>
    <message id="devices.slow_by">
        <source>it takes {here}, the processor {there}; it would have to save a fifth</source>
        <translation>es braucht {here}, der Prozessor {there}; es müsste ein Fünftel sparen</translation>
    </message>
    <message id="devices.slow_start">
        <source>it needs over 30 s until its first answer</source>
        <translation>es braucht über 30 s bis zur ersten Antwort</translation>
    </message>
    <message id="devices.stale_context">
        <source>what was prepared for it earlier doesn’t fit any more; it is prepared anew next time</source>
        <translation>was früher dafür vorbereitet wurde, passt nicht mehr; es wird beim nächsten Mal neu vorbereitet</translation>
    </message>
    <message id="devices.stopped_after" numerus="yes">
        <source>Stopped. {count} cases were tried; what they showed is kept.</source>
        <translation>
            <numerusform>Angehalten. {count} Fall wurde erprobt; das Ergebnis bleibt.</numerusform>
            <numerusform>Angehalten. {count} Fälle wurden erprobt; die Ergebnisse bleiben.</numerusform>
        </translation>
    </message>
    <message id="devices.stopped_nothing">
        <source>Stopped before anything was tried.</source>
        <translation>Angehalten, bevor etwas erprobt wurde.</translation>
    </message>
    <message id="devices.stopping">
        <source>Stopping after this step</source>
        <translation>Hält nach diesem Schritt an</translation>
    </message>
    <message id="devices.switched_off">
        <source>All models run on the processor, because Settings say so.</source>
        <translation>Alle Modelle laufen auf dem Prozessor, weil es in den Einstellungen so steht.</translation>
    </message>
    <message id="devices.switched_off_more">
        <source>Nothing else is used until you change that.</source>
        <translation>Anderes wird erst genutzt, wenn du das änderst.</translation>
    </message>
    <message id="devices.to_models">
        <source>Show models</source>
        <translation>Modelle zeigen</translation>
    </message>
    <message id="devices.to_settings">
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
    <message id="devices.today">
        <source>checked today</source>
        <translation>heute geprüft</translation>
    </message>
    <message id="devices.tried_none" numerus="yes">
        <source>Tried {count} cases. The processor stays the best choice for all of them.</source>
        <translation>
            <numerusform>{count} Fall erprobt. Der Prozessor bleibt die beste Wahl.</numerusform>
            <numerusform>{count} Fälle erprobt. Der Prozessor bleibt für alle die beste Wahl.</numerusform>
        </translation>
    </message>
    <message id="devices.tried_some" numerus="yes">
        <source>Tried {count} cases; {passed} are faster with the same result.</source>
        <translation>
            <numerusform>{count} Fall erprobt; {passed} ist schneller bei gleichem Ergebnis.</numerusform>
            <numerusform>{count} Fälle erprobt; {passed} sind schneller bei gleichem Ergebnis.</numerusform>
        </translation>
    </message>
    <message id="devices.trying">
        <source>Trying “{name}” on {device}, {number} of {all}</source>
        <translation>„{name}“ wird auf {device} erprobt, {number} von {all}</translation>
    </message>
    <message id="devices.two_runtimes">
        <source>two runtimes are installed over each other, so nobody can tell which one would run</source>
        <translation>zwei Laufzeiten sind übereinander installiert, und niemand weiß, welche liefe</translation>
    </message>
    <message id="devices.unknown_placement">
        <source>nothing tells which part of the work it would really do</source>
        <translation>nichts verrät, welchen Teil der Arbeit es wirklich täte</translation>
    </message>
    <message id="devices.unsuitable">
        <source>it runs models at fixed sizes only, and this one leaves a size open</source>
        <translation>es rechnet nur mit festen Größen, und dieses Modell lässt eine offen</translation>
    </message>
    <message id="devices.well">
        <source>All is well. Nothing has to be done.</source>
        <translation>Alles in Ordnung. Es ist nichts zu tun.</translation>
    </message>
    <message id="devices.why">
        <source>Why?</source>
        <translation>Warum?</translation>
    </message>
    <message id="devices.with_factor">
        <source>{name} ×{factor}</source>
        <translation>{name} ×{factor}</translation>
    </message>
    <message id="devices.wrong">
        <source>its result differs from the processor’s</source>
        <translation>sein Ergebnis weicht von dem des Prozessors ab</translation>
    </message>
    <message id="devices.wrong_by">
        <source>its result differs from the processor’s ({measure} {found}, needed {wanted})</source>
        <translation>sein Ergebnis weicht von dem des Prozessors ab ({measure} {found}, nötig {wanted})</translation>
    </message>
    <message id="devices.yesterday">
        <source>checked yesterday</source>
        <translation>gestern geprüft</translation>
    </message>
</context>
</TS>
