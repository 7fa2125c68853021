<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>devices</name>
    <message id="devices.alone">
        <source>No graphics or AI chip that could help was found. Everything works on the processor.</source>
        <translation>No graphics or AI chip that could help was found. Everything works on the processor.</translation>
    </message>
    <message id="devices.alone_more">
        <source>If there is one in this computer, “Examine” below tells what is missing.</source>
        <translation>If there is one in this computer, “Examine” below tells what is missing.</translation>
    </message>
    <message id="devices.always">
        <source>Always there</source>
        <translation>Always there</translation>
    </message>
    <message id="devices.at_sizes">
        <source>at {some} of {all} sizes</source>
        <translation>at {some} of {all} sizes</translation>
    </message>
    <message id="devices.by">
        <source>by {provider}</source>
        <translation>by {provider}</translation>
    </message>
    <message id="devices.check_again">
        <source>Check again</source>
        <translation>Check again</translation>
    </message>
    <message id="devices.col_here">
        <source>Here</source>
        <translation>Here</translation>
    </message>
    <message id="devices.col_processor">
        <source>Processor</source>
        <translation>Processor</translation>
    </message>
    <message id="devices.col_same">
        <source>Same result</source>
        <translation>Same result</translation>
    </message>
    <message id="devices.col_share">
        <source>Done on it</source>
        <translation>Done on it</translation>
    </message>
    <message id="devices.col_size">
        <source>Size</source>
        <translation>Size</translation>
    </message>
    <message id="devices.compact">
        <source>compact</source>
        <translation>compact</translation>
    </message>
    <message id="devices.compile">
        <source>its compiler could not translate this model</source>
        <translation>its compiler could not translate this model</translation>
    </message>
    <message id="devices.copy_report">
        <source>Copy details of this computer’s devices</source>
        <translation>Copy details of this computer’s devices</translation>
    </message>
    <message id="devices.cores" numerus="yes">
        <source>{count} fast cores</source>
        <translation>
            <numerusform>{count} fast core</numerusform>
            <numerusform>{count} fast cores</numerusform>
        </translation>
    </message>
    <message id="devices.crash">
        <source>its driver crashed; nothing else was harmed</source>
        <translation>its driver crashed; nothing else was harmed</translation>
    </message>
    <message id="devices.device_lost">
        <source>its driver lost it in the middle of the work</source>
        <translation>its driver lost it in the middle of the work</translation>
    </message>
    <message id="devices.doctor">
        <source>Is something missing?</source>
        <translation>Is something missing?</translation>
    </message>
    <message id="devices.doctor_note">
        <source>Looks at drivers, packages, model files and the disk. Takes a few seconds; nothing is sent.</source>
        <translation>Looks at drivers, packages, model files and the disk. Takes a few seconds; nothing is sent.</translation>
    </message>
    <message id="devices.driver">
        <source>driver {version}</source>
        <translation>driver {version}</translation>
    </message>
    <message id="devices.elsewhere">
        <source>in another Python</source>
        <translation>in another Python</translation>
    </message>
    <message id="devices.exact">
        <source>exact</source>
        <translation>exact</translation>
    </message>
    <message id="devices.examine">
        <source>Examine</source>
        <translation>Examine</translation>
    </message>
    <message id="devices.examine_again">
        <source>Examine again</source>
        <translation>Examine again</translation>
    </message>
    <message id="devices.examining">
        <source>Examining this computer</source>
        <translation>Examining this computer</translation>
    </message>
    <message id="devices.experimental">
        <source>Nobody has tried Homespun on such hardware yet. It is used only where it proves itself here.</source>
        <translation>Nobody has tried Homespun on such hardware yet. It is used only where it proves itself here.</translation>
    </message>
    <message id="devices.f_compiled">
        <source>Something prepared for a device is damaged</source>
        <translation>Something prepared for a device is damaged</translation>
    </message>
    <message id="devices.f_compiled_todo">
        <source>It is deleted and made anew when needed.</source>
        <translation>It is deleted and made anew when needed.</translation>
    </message>
    <message id="devices.f_emulated">
        <source>Homespun runs by emulation</source>
        <translation>Homespun runs by emulation</translation>
    </message>
    <message id="devices.f_emulated_todo">
        <source>Everything is slower and the AI chip can’t be reached. Install the version made for this processor.</source>
        <translation>Everything is slower and the AI chip can’t be reached. Install the version made for this processor.</translation>
    </message>
    <message id="devices.f_interrupted">
        <source>A trial was cut off</source>
        <translation>A trial was cut off</translation>
    </message>
    <message id="devices.f_interrupted_todo">
        <source>It is tried again later, or now.</source>
        <translation>It is tried again later, or now.</translation>
    </message>
    <message id="devices.f_ledger">
        <source>Earlier results could not be read</source>
        <translation>Earlier results could not be read</translation>
    </message>
    <message id="devices.f_ledger_todo">
        <source>Nothing has to be done; trying again fills them in.</source>
        <translation>Nothing has to be done; trying again fills them in.</translation>
    </message>
    <message id="devices.f_model">
        <source>A model is damaged or not complete</source>
        <translation>A model is damaged or not complete</translation>
    </message>
    <message id="devices.f_model_todo">
        <source>Bring it again on the page Models.</source>
        <translation>Bring it again on the page Models.</translation>
    </message>
    <message id="devices.f_no_driver">
        <source>A chip that could help has no driver</source>
        <translation>A chip that could help has no driver</translation>
    </message>
    <message id="devices.f_no_driver_todo">
        <source>Install its maker’s newest driver, then look again.</source>
        <translation>Install its maker’s newest driver, then look again.</translation>
    </message>
    <message id="devices.f_no_package">
        <source>A chip that could help isn’t used yet</source>
        <translation>A chip that could help isn’t used yet</translation>
    </message>
    <message id="devices.f_no_package_todo">
        <source>It takes one more package; the command stands below. Then look again.</source>
        <translation>It takes one more package; the command stands below. Then look again.</translation>
    </message>
    <message id="devices.f_no_runtime">
        <source>What runs models is not installed</source>
        <translation>What runs models is not installed</translation>
    </message>
    <message id="devices.f_no_runtime_todo">
        <source>No model can run. Install Homespun again.</source>
        <translation>No model can run. Install Homespun again.</translation>
    </message>
    <message id="devices.f_provider">
        <source>A package is here but offers no device</source>
        <translation>A package is here but offers no device</translation>
    </message>
    <message id="devices.f_provider_todo">
        <source>A newer driver may help. Everything works on the processor meanwhile.</source>
        <translation>A newer driver may help. Everything works on the processor meanwhile.</translation>
    </message>
    <message id="devices.f_python">
        <source>This Python is too old or too new</source>
        <translation>This Python is too old or too new</translation>
    </message>
    <message id="devices.f_python_todo">
        <source>Some parts don’t exist for it. Set Homespun up with another one.</source>
        <translation>Some parts don’t exist for it. Set Homespun up with another one.</translation>
    </message>
    <message id="devices.f_quarantine">
        <source>A device failed and is left alone</source>
        <translation>A device failed and is left alone</translation>
    </message>
    <message id="devices.f_quarantine_todo">
        <source>A newer driver may help. Its card above lets it try again.</source>
        <translation>A newer driver may help. Its card above lets it try again.</translation>
    </message>
    <message id="devices.f_runtime_too_old">
        <source>What runs models is too old for a package</source>
        <translation>What runs models is too old for a package</translation>
    </message>
    <message id="devices.f_runtime_too_old_todo">
        <source>Install Homespun again.</source>
        <translation>Install Homespun again.</translation>
    </message>
    <message id="devices.f_settings">
        <source>The settings file can’t be read</source>
        <translation>The settings file can’t be read</translation>
    </message>
    <message id="devices.f_settings_todo">
        <source>Settings shows the line that is wrong.</source>
        <translation>Settings shows the line that is wrong.</translation>
    </message>
    <message id="devices.f_space">
        <source>Little room is left on the disk</source>
        <translation>Little room is left on the disk</translation>
    </message>
    <message id="devices.f_space_todo">
        <source>Models that you don’t use can be removed.</source>
        <translation>Models that you don’t use can be removed.</translation>
    </message>
    <message id="devices.f_switched_off">
        <source>Other devices are switched off</source>
        <translation>Other devices are switched off</translation>
    </message>
    <message id="devices.f_switched_off_todo">
        <source>Every model runs on the processor, because Settings say so.</source>
        <translation>Every model runs on the processor, because Settings say so.</translation>
    </message>
    <message id="devices.f_two_runtimes">
        <source>Two runtimes are installed over each other</source>
        <translation>Two runtimes are installed over each other</translation>
    </message>
    <message id="devices.f_two_runtimes_todo">
        <source>Only the processor is used. Install Homespun again to mend it.</source>
        <translation>Only the processor is used. Install Homespun again to mend it.</translation>
    </message>
    <message id="devices.failed">
        <source>it ended with an error that Homespun doesn’t know</source>
        <translation>it ended with an error that Homespun doesn’t know</translation>
    </message>
    <message id="devices.faster">
        <source>{times}× faster than the processor</source>
        <translation>{times}× faster than the processor</translation>
    </message>
    <message id="devices.faster_range">
        <source>{low} to {high}× faster than the processor</source>
        <translation>{low} to {high}× faster than the processor</translation>
    </message>
    <message id="devices.forgive">
        <source>Let it try again</source>
        <translation>Let it try again</translation>
    </message>
    <message id="devices.forgive_name">
        <source>Let {name} try again</source>
        <translation>Let {name} try again</translation>
    </message>
    <message id="devices.forgiven">
        <source>It may try again. “Check again” does that now.</source>
        <translation>It may try again. “Check again” does that now.</translation>
    </message>
    <message id="devices.hang">
        <source>it did not answer in time and was stopped</source>
        <translation>it did not answer in time and was stopped</translation>
    </message>
    <message id="devices.heading">
        <source>Devices</source>
        <translation>Devices</translation>
    </message>
    <message id="devices.in_use">
        <source>In use</source>
        <translation>In use</translation>
    </message>
    <message id="devices.kind_cpu">
        <source>Processor</source>
        <translation>Processor</translation>
    </message>
    <message id="devices.kind_gpu">
        <source>Graphics chip</source>
        <translation>Graphics chip</translation>
    </message>
    <message id="devices.kind_npu">
        <source>AI chip (NPU)</source>
        <translation>AI chip (NPU)</translation>
    </message>
    <message id="devices.lead">
        <source>The processor always works. Anything else has to prove on this computer that it gives the same result, and faster.</source>
        <translation>The processor always works. Anything else has to prove on this computer that it gives the same result, and faster.</translation>
    </message>
    <message id="devices.library">
        <source>its library can’t be loaded or doesn’t fit</source>
        <translation>its library can’t be loaded or doesn’t fit</translation>
    </message>
    <message id="devices.look_again">
        <source>Look again</source>
        <translation>Look again</translation>
    </message>
    <message id="devices.looking">
        <source>Looking for devices</source>
        <translation>Looking for devices</translation>
    </message>
    <message id="devices.mend">
        <source>Mend it</source>
        <translation>Mend it</translation>
    </message>
    <message id="devices.mended" numerus="yes">
        <source>{count} damaged files were deleted; they are made anew when needed.</source>
        <translation>
            <numerusform>{count} damaged file was deleted; it is made anew when needed.</numerusform>
            <numerusform>{count} damaged files were deleted; they are made anew when needed.</numerusform>
        </translation>
    </message>
    <message id="devices.mended_nothing">
        <source>Nothing damaged was left.</source>
        <translation>Nothing damaged was left.</translation>
    </message>
    <message id="devices.new">
        <source>Not tried yet</source>
        <translation>Not tried yet</translation>
    </message>
    <message id="devices.no_backend">
        <source>its library doesn’t find the part that talks to the hardware</source>
        <translation>its library doesn’t find the part that talks to the hardware</translation>
    </message>
    <message id="devices.no_device">
        <source>its library finds no such hardware, or no driver for it</source>
        <translation>its library finds no such hardware, or no driver for it</translation>
    </message>
    <message id="devices.no_memory">
        <source>it has too little memory free for this model</source>
        <translation>it has too little memory free for this model</translation>
    </message>
    <message id="devices.no_models">
        <source>There is no model here yet.</source>
        <translation>There is no model here yet.</translation>
    </message>
    <message id="devices.no_work">
        <source>No model fits it</source>
        <translation>No model fits it</translation>
    </message>
    <message id="devices.not_proved">
        <source>it was never tried with this model</source>
        <translation>it was never tried with this model</translation>
    </message>
    <message id="devices.not_tried">
        <source>Not tried yet</source>
        <translation>Not tried yet</translation>
    </message>
    <message id="devices.not_used">
        <source>Not used</source>
        <translation>Not used</translation>
    </message>
    <message id="devices.not_used_because">
        <source>Not used: {why}.</source>
        <translation>Not used: {why}.</translation>
    </message>
    <message id="devices.nothing_to_try">
        <source>Everything was tried before.</source>
        <translation>Everything was tried before.</translation>
    </message>
    <message id="devices.off">
        <source>Switched off</source>
        <translation>Switched off</translation>
    </message>
    <message id="devices.on_day">
        <source>checked on {day}</source>
        <translation>checked on {day}</translation>
    </message>
    <message id="devices.own_words">
        <source>In its own words: {text}</source>
        <translation>In its own words: {text}</translation>
    </message>
    <message id="devices.partial">
        <source>it would do only a part of the work</source>
        <translation>it would do only a part of the work</translation>
    </message>
    <message id="devices.partial_by">
        <source>it would do {share} of the work itself, and 95 % are needed</source>
        <translation>it would do {share} of the work itself, and 95 % are needed</translation>
    </message>
    <message id="devices.percent">
        <source>{share} %</source>
        <translation>{share} %</translation>
    </message>
    <message id="devices.preparing">
        <source>Finding out what there is to try</source>
        <translation>Finding out what there is to try</translation>
    </message>
    <message id="devices.probe">
        <source>Try them now</source>
        <translation>Try them now</translation>
    </message>
    <message id="devices.proved">
        <source>Same result as the processor</source>
        <translation>Same result as the processor</translation>
    </message>
    <message id="devices.quarantined">
        <source>it failed before and is left alone for now</source>
        <translation>it failed before and is left alone for now</translation>
    </message>
    <message id="devices.quarantined_driver">
        <source>{cause}; it is left alone until its driver changes</source>
        <translation>{cause}; it is left alone until its driver changes</translation>
    </message>
    <message id="devices.quarantined_until">
        <source>{cause}; it is left alone until {day}</source>
        <translation>{cause}; it is left alone until {day}</translation>
    </message>
    <message id="devices.runs">
        <source>Runs: {names}</source>
        <translation>Runs: {names}</translation>
    </message>
    <message id="devices.runs_all">
        <source>Runs everything</source>
        <translation>Runs everything</translation>
    </message>
    <message id="devices.silent_cpu">
        <source>it takes the model and then leaves all the work to the processor</source>
        <translation>it takes the model and then leaves all the work to the processor</translation>
    </message>
    <message id="devices.simulated">
        <source>Simulated</source>
        <translation>Simulated</translation>
    </message>
    <message id="devices.simulated_note">
        <source>It is for tests, is slow, and runs only what asks for it by name.</source>
        <translation>It is for tests, is slow, and runs only what asks for it by name.</translation>
    </message>
    <message id="devices.size_fixed">
        <source>One size</source>
        <translation>One size</translation>
    </message>
    <message id="devices.size_picture">
        <source>{width} × {height} pixels</source>
        <translation>{width} × {height} pixels</translation>
    </message>
    <message id="devices.size_text" numerus="yes">
        <source>up to {count} word pieces</source>
        <translation>
            <numerusform>up to {count} word piece</numerusform>
            <numerusform>up to {count} word pieces</numerusform>
        </translation>
    </message>
    <message id="devices.slow">
        <source>it is no quicker than the processor</source>
        <translation>it is no quicker than the processor</translation>
    </message>
    <message id="devices.slow_at_times">
        <source>it is quicker as a rule, but slower than the processor at times</source>
        <translation>it is quicker as a rule, but slower than the processor at times</translation>
    </message>
    <message id="devices.slow_by">
        <source>it takes {here}, the processor {there}; it would have to save a fifth</source>
        <translation>it takes {here}, the processor {there}; it would have to save a fifth</translation>
    </message>
    <message id="devices.slow_start">
        <source>it needs over 30 s until its first answer</source>
        <translation>it needs over 30 s until its first answer</translation>
    </message>
    <message id="devices.stale_context">
        <source>what was prepared for it earlier doesn’t fit any more; it is prepared anew next time</source>
        <translation>what was prepared for it earlier doesn’t fit any more; it is prepared anew next time</translation>
    </message>
    <message id="devices.stopped_after" numerus="yes">
        <source>Stopped. {count} cases were tried; what they showed is kept.</source>
        <translation>
            <numerusform>Stopped. {count} case was tried; what it showed is kept.</numerusform>
            <numerusform>Stopped. {count} cases were tried; what they showed is kept.</numerusform>
        </translation>
    </message>
    <message id="devices.stopped_nothing">
        <source>Stopped before anything was tried.</source>
        <translation>Stopped before anything was tried.</translation>
    </message>
    <message id="devices.stopping">
        <source>Stopping after this step</source>
        <translation>Stopping after this step</translation>
    </message>
    <message id="devices.switched_off">
        <source>All models run on the processor, because Settings say so.</source>
        <translation>All models run on the processor, because Settings say so.</translation>
    </message>
    <message id="devices.switched_off_more">
        <source>Nothing else is used until you change that.</source>
        <translation>Nothing else is used until you change that.</translation>
    </message>
    <message id="devices.to_models">
        <source>Show models</source>
        <translation>Show models</translation>
    </message>
    <message id="devices.to_settings">
        <source>Open Settings</source>
        <translation>Open Settings</translation>
    </message>
    <message id="devices.today">
        <source>checked today</source>
        <translation>checked today</translation>
    </message>
    <message id="devices.tried_none" numerus="yes">
        <source>Tried {count} cases. The processor stays the best choice for all of them.</source>
        <translation>
            <numerusform>Tried {count} case. The processor stays the best choice.</numerusform>
            <numerusform>Tried {count} cases. The processor stays the best choice for all of them.</numerusform>
        </translation>
    </message>
    <message id="devices.tried_some" numerus="yes">
        <source>Tried {count} cases; {passed} are faster with the same result.</source>
        <translation>
            <numerusform>Tried {count} case; {passed} is faster with the same result.</numerusform>
            <numerusform>Tried {count} cases; {passed} are faster with the same result.</numerusform>
        </translation>
    </message>
    <message id="devices.trying">
        <source>Trying “{name}” on {device}, {number} of {all}</source>
        <translation>Trying “{name}” on {device}, {number} of {all}</translation>
    </message>
    <message id="devices.two_runtimes">
        <source>two runtimes are installed over each other, so nobody can tell which one would run</source>
        <translation>two runtimes are installed over each other, so nobody can tell which one would run</translation>
    </message>
    <message id="devices.unknown_placement">
        <source>nothing tells which part of the work it would really do</source>
        <translation>nothing tells which part of the work it would really do</translation>
    </message>
    <message id="devices.unsuitable">
        <source>it runs models at fixed sizes only, and this one leaves a size open</source>
        <translation>it runs models at fixed sizes only, and this one leaves a size open</translation>
    </message>
    <message id="devices.well">
        <source>All is well. Nothing has to be done.</source>
        <translation>All is well. Nothing has to be done.</translation>
    </message>
    <message id="devices.why">
        <source>Why?</source>
        <translation>Why?</translation>
    </message>
    <message id="devices.with_factor">
        <source>{name} ×{factor}</source>
        <translation>{name} ×{factor}</translation>
    </message>
    <message id="devices.wrong">
        <source>its result differs from the processor’s</source>
        <translation>its result differs from the processor’s</translation>
    </message>
    <message id="devices.wrong_by">
        <source>its result differs from the processor’s ({measure} {found}, needed {wanted})</source>
        <translation>its result differs from the processor’s ({measure} {found}, needed {wanted})</translation>
    </message>
    <message id="devices.yesterday">
        <source>checked yesterday</source>
        <translation>checked yesterday</translation>
    </message>
</context>
</TS>
