<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>updates</name>
    <message id="updates.asking">
        <source>Asking …</source>
        <translation>Fragt …</translation>
    </message>
    <message id="updates.back">
        <source>Back to {version}</source>
        <translation>Zurück zu {version}</translation>
    </message>
    <message id="updates.by_hand">
        <source>Homespun {version} is there.</source>
        <translation>Homespun {version} ist da.</translation>
    </message>
    <message id="updates.cannot">
        <source>This copy doesn’t ask for newer versions.</source>
        <translation>Diese Kopie fragt nicht nach neueren Versionen.</translation>
    </message>
    <message id="updates.check_now">
        <source>Check now</source>
        <translation>Jetzt fragen</translation>
    </message>
    <message id="updates.checked">
        <source>Last asked {when}, when the newest was {version}.</source>
        <translation>Zuletzt gefragt {when}, die neueste war {version}.</translation>
    </message>
    <message id="updates.install">
        <source>Install</source>
        <translation>Installieren</translation>
    </message>
    <message id="updates.installer">
        <source>Homespun {version} is there. Run its installer to have it.</source>
        <translation>Homespun {version} ist da. Du bekommst es mit seinem Installationsprogramm.</translation>
    </message>
    <message id="updates.looking">
        <source>One moment</source>
        <translation>Einen Moment</translation>
    </message>
    <message id="updates.newer">
        <source>Homespun {version} is there, {size}.</source>
        <translation>Homespun {version} ist da, {size}.</translation>
    </message>
    <message id="updates.newest">
        <source>This is the newest version.</source>
        <translation>Das ist die neueste Version.</translation>
    </message>
    <message id="updates.next">
        <source>Homespun {version} starts the next time.</source>
        <translation>Beim nächsten Mal startet Homespun {version}.</translation>
    </message>
    <message id="updates.refused">
        <source>Homespun {version} was taken back on this computer.</source>
        <translation>Homespun {version} wurde auf diesem Computer zurückgenommen.</translation>
    </message>
    <message id="updates.rolled_back">
        <source>Homespun {refused} did not start twice; {version} runs again.</source>
        <translation>Homespun {refused} startete zweimal nicht; {version} läuft wieder.</translation>
    </message>
    <message id="updates.step_download">
        <source>Downloading</source>
        <translation>Lädt</translation>
    </message>
    <message id="updates.step_switch">
        <source>Making it ready</source>
        <translation>Macht sie bereit</translation>
    </message>
    <message id="updates.step_try">
        <source>Trying it</source>
        <translation>Probiert sie aus</translation>
    </message>
    <message id="updates.step_unpack">
        <source>Unpacking</source>
        <translation>Packt aus</translation>
    </message>
    <message id="updates.told">
        <source>Homespun {version} is there: Settings › Updates.</source>
        <translation>Homespun {version} ist da: Einstellungen › Aktualisierungen.</translation>
    </message>
    <message id="updates.unasked">
        <source>Nobody has asked yet whether there is a newer version.</source>
        <translation>Nach einer neueren Version hat noch niemand gefragt.</translation>
    </message>
    <message id="updates.way">
        <source>How newer versions come</source>
        <translation>So kommen neuere Versionen</translation>
    </message>
    <message id="updates.way_checkout">
        <source>By git pull, then python3 -m installer setup.</source>
        <translation>Mit git pull, dann python3 -m installer setup.</translation>
    </message>
    <message id="updates.way_deb">
        <source>With the updates of the system, or as a newer package.</source>
        <translation>Mit den Aktualisierungen des Systems, oder als neueres Paket.</translation>
    </message>
    <message id="updates.way_wheel">
        <source>By pipx upgrade homespun, or the way this one came.</source>
        <translation>Mit pipx upgrade homespun, oder so, wie diese kam.</translation>
    </message>
</context>
</TS>
