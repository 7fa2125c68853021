<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>updates</name>
    <message id="updates.asking">
        <source>Asking …</source>
        <translation>Asking …</translation>
    </message>
    <message id="updates.back">
        <source>Back to {version}</source>
        <translation>Back to {version}</translation>
    </message>
    <message id="updates.by_hand">
        <source>Homespun {version} is there.</source>
        <translation>Homespun {version} is there.</translation>
    </message>
    <message id="updates.cannot">
        <source>This copy doesn’t ask for newer versions.</source>
        <translation>This copy doesn’t ask for newer versions.</translation>
    </message>
    <message id="updates.check_now">
        <source>Check now</source>
        <translation>Check now</translation>
    </message>
    <message id="updates.checked">
        <source>Last asked {when}, when the newest was {version}.</source>
        <translation>Last asked {when}, when the newest was {version}.</translation>
    </message>
    <message id="updates.install">
        <source>Install</source>
        <translation>Install</translation>
    </message>
    <message id="updates.installer">
        <source>Homespun {version} is there. Run its installer to have it.</source>
        <translation>Homespun {version} is there. Run its installer to have it.</translation>
    </message>
    <message id="updates.looking">
        <source>One moment</source>
        <translation>One moment</translation>
    </message>
    <message id="updates.newer">
        <source>Homespun {version} is there, {size}.</source>
        <translation>Homespun {version} is there, {size}.</translation>
    </message>
    <message id="updates.newest">
        <source>This is the newest version.</source>
        <translation>This is the newest version.</translation>
    </message>
    <message id="updates.next">
        <source>Homespun {version} starts the next time.</source>
        <translation>Homespun {version} starts the next time.</translation>
    </message>
    <message id="updates.refused">
        <source>Homespun {version} was taken back on this computer.</source>
        <translation>Homespun {version} was taken back on this computer.</translation>
    </message>
    <message id="updates.rolled_back">
        <source>Homespun {refused} did not start twice; {version} runs again.</source>
        <translation>Homespun {refused} did not start twice; {version} runs again.</translation>
    </message>
    <message id="updates.step_download">
        <source>Downloading</source>
        <translation>Downloading</translation>
    </message>
    <message id="updates.step_switch">
        <source>Making it ready</source>
        <translation>Making it ready</translation>
    </message>
    <message id="updates.step_try">
        <source>Trying it</source>
        <translation>Trying it</translation>
    </message>
    <message id="updates.step_unpack">
        <source>Unpacking</source>
        <translation>Unpacking</translation>
    </message>
    <message id="updates.told">
        <source>Homespun {version} is there: Settings › Updates.</source>
        <translation>Homespun {version} is there: Settings › Updates.</translation>
    </message>
    <message id="updates.unasked">
        <source>Nobody has asked yet whether there is a newer version.</source>
        <translation>Nobody has asked yet whether there is a newer version.</translation>
    </message>
    <message id="updates.way">
        <source>How newer versions come</source>
        <translation>How newer versions come</translation>
    </message>
    <message id="updates.way_checkout">
        <source>By git pull, then python3 -m installer setup.</source>
        <translation>By git pull, then python3 -m installer setup.</translation>
    </message>
    <message id="updates.way_deb">
        <source>With the updates of the system, or as a newer package.</source>
        <translation>With the updates of the system, or as a newer package.</translation>
    </message>
    <message id="updates.way_wheel">
        <source>By pipx upgrade homespun, or the way this one came.</source>
        <translation>By pipx upgrade homespun, or the way this one came.</translation>
    </message>
</context>
</TS>
