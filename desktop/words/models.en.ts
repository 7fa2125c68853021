<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>models</name>
    <message id="models.about">
        <source>about {size}</source>
        <translation>about {size}</translation>
    </message>
    <message id="models.add">
        <source>Can be added</source>
        <translation>Can be added</translation>
    </message>
    <message id="models.amount">
        <source>{done} of {total}</source>
        <translation>{done} of {total}</translation>
    </message>
    <message id="models.ask_download">
        <source>Download {size} from {hosts}?</source>
        <translation>Download {size} from {hosts}?</translation>
    </message>
    <message id="models.ask_download_more">
        <source>Licence {licence}. The file is checked before it is used. The server sees your internet address, and nothing else of you.</source>
        <translation>Licence {licence}. The file is checked before it is used. The server sees your internet address, and nothing else of you.</translation>
    </message>
    <message id="models.ask_remove">
        <source>Remove “{name}”? That frees {size}.</source>
        <translation>Remove “{name}”? That frees {size}.</translation>
    </message>
    <message id="models.ask_remove_more">
        <source>You can add it again at any time.</source>
        <translation>You can add it again at any time.</translation>
    </message>
    <message id="models.bring_again">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="models.bundled_broken">
        <source>It comes with Homespun, but its files are missing or broken.</source>
        <translation>It comes with Homespun, but its files are missing or broken.</translation>
    </message>
    <message id="models.bundled_broken_todo">
        <source>Install Homespun again.</source>
        <translation>Install Homespun again.</translation>
    </message>
    <message id="models.checked" numerus="yes">
        <source>Checked just now: all {count} files are as they should be.</source>
        <translation>
            <numerusform>Checked just now: the file is as it should be.</numerusform>
            <numerusform>Checked just now: all {count} files are as they should be.</numerusform>
        </translation>
    </message>
    <message id="models.checking">
        <source>Checking the files</source>
        <translation>Checking the files</translation>
    </message>
    <message id="models.choose_folder">
        <source>Folder with models</source>
        <translation>Folder with models</translation>
    </message>
    <message id="models.comes_with">
        <source>comes with Homespun</source>
        <translation>comes with Homespun</translation>
    </message>
    <message id="models.damaged" numerus="yes">
        <source>{count} files are not as they should be. Bring them again.</source>
        <translation>
            <numerusform>One file is not as it should be. Bring it again.</numerusform>
            <numerusform>{count} files are not as they should be. Bring them again.</numerusform>
        </translation>
    </message>
    <message id="models.damaged_bundled" numerus="yes">
        <source>{count} files are not as they should be. Install Homespun again.</source>
        <translation>
            <numerusform>One file is not as it should be. Install Homespun again.</numerusform>
            <numerusform>{count} files are not as they should be. Install Homespun again.</numerusform>
        </translation>
    </message>
    <message id="models.download">
        <source>Download</source>
        <translation>Download</translation>
    </message>
    <message id="models.download_size">
        <source>Download {size}</source>
        <translation>Download {size}</translation>
    </message>
    <message id="models.drop_part">
        <source>Delete this part</source>
        <translation>Delete this part</translation>
    </message>
    <message id="models.e5">
        <source>Search by meaning, about 100 languages</source>
        <translation>Search by meaning, about 100 languages</translation>
    </message>
    <message id="models.e5_gives">
        <source>Finds files by what they say in German, French, Chinese and many more.</source>
        <translation>Finds files by what they say in German, French, Chinese and many more.</translation>
    </message>
    <message id="models.erase_best">
        <source>Erase best, fill by words</source>
        <translation>Erase best, fill by words</translation>
    </message>
    <message id="models.erase_best_gives">
        <source>Paints what you describe into a place of the picture, and what an erased thing hid; the quality “Best”. It is made on this computer, which takes a while.</source>
        <translation>Paints what you describe into a place of the picture, and what an erased thing hid; the quality “Best”. It is made on this computer, which takes a while.</translation>
    </message>
    <message id="models.faithful">
        <source>Enlarge, true to the picture</source>
        <translation>Enlarge, true to the picture</translation>
    </message>
    <message id="models.faithful_gives">
        <source>Makes good pictures two or four times as large and invents nothing.</source>
        <translation>Makes good pictures two or four times as large and invents nothing.</translation>
    </message>
    <message id="models.free">
        <source>{free} free on the disk</source>
        <translation>{free} free on the disk</translation>
    </message>
    <message id="models.from">
        <source>from {hosts}</source>
        <translation>from {hosts}</translation>
    </message>
    <message id="models.from_folder">
        <source>Add from a folder…</source>
        <translation>Add from a folder…</translation>
    </message>
    <message id="models.from_mirror">
        <source>Add from your folder</source>
        <translation>Add from your folder</translation>
    </message>
    <message id="models.go_on">
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message id="models.heading">
        <source>Models</source>
        <translation>Models</translation>
    </message>
    <message id="models.here">
        <source>On this computer</source>
        <translation>On this computer</translation>
    </message>
    <message id="models.hide_later">
        <source>Show fewer</source>
        <translation>Show fewer</translation>
    </message>
    <message id="models.in_use">
        <source>Something else works on it or uses it now. Try again in a moment.</source>
        <translation>Something else works on it or uses it now. Try again in a moment.</translation>
    </message>
    <message id="models.keep">
        <source>Keep it</source>
        <translation>Keep it</translation>
    </message>
    <message id="models.lama">
        <source>Erase from pictures, best</source>
        <translation>Erase from pictures, best</translation>
    </message>
    <message id="models.lama_gives">
        <source>For large holes and regular patterns. Slower; the quality “Best”.</source>
        <translation>For large holes and regular patterns. Slower; the quality “Best”.</translation>
    </message>
    <message id="models.later">
        <source>Not used yet</source>
        <translation>Not used yet</translation>
    </message>
    <message id="models.later_note">
        <source>Homespun can fetch these, but nothing in it uses them yet.</source>
        <translation>Homespun can fetch these, but nothing in it uses them yet.</translation>
    </message>
    <message id="models.lcm">
        <source>Fill by words, quicker</source>
        <translation>Fill by words, quicker</translation>
    </message>
    <message id="models.lcm_gives">
        <source>Makes filling by words take 4 to 8 steps. Needs “Fill by words”.</source>
        <translation>Makes filling by words take 4 to 8 steps. Needs “Fill by words”.</translation>
    </message>
    <message id="models.lead">
        <source>Each gives Homespun an ability. Some come with it; others are added once you say so, and work without internet from then on.</source>
        <translation>Each gives Homespun an ability. Some come with it; others are added once you say so, and work without internet from then on.</translation>
    </message>
    <message id="models.licence">
        <source>licence {licence}</source>
        <translation>licence {licence}</translation>
    </message>
    <message id="models.looking_in">
        <source>Looking in “{folder}”</source>
        <translation>Looking in “{folder}”</translation>
    </message>
    <message id="models.migan">
        <source>Erase from pictures, better</source>
        <translation>Erase from pictures, better</translation>
    </message>
    <message id="models.migan_gives">
        <source>Fills what you paint over with what could be behind it, in a moment. The quality “Better”.</source>
        <translation>Fills what you paint over with what could be behind it, in a moment. The quality “Better”.</translation>
    </message>
    <message id="models.minilm">
        <source>Search by meaning, English</source>
        <translation>Search by meaning, English</translation>
    </message>
    <message id="models.minilm_gives">
        <source>Finds files by what they say, not only by the words in them.</source>
        <translation>Finds files by what they say, not only by the words in them.</translation>
    </message>
    <message id="models.minutes_left" numerus="yes">
        <source>about {count} min left</source>
        <translation>
            <numerusform>about {count} min left</numerusform>
            <numerusform>about {count} min left</numerusform>
        </translation>
    </message>
    <message id="models.no_consent">
        <source>Nothing was downloaded.</source>
        <translation>Nothing was downloaded.</translation>
    </message>
    <message id="models.no_network">
        <source>The download broke off. What has come is kept; try again once you are online.</source>
        <translation>The download broke off. What has come is kept; try again once you are online.</translation>
    </message>
    <message id="models.no_permission">
        <source>The folder for models can’t be written.</source>
        <translation>The folder for models can’t be written.</translation>
    </message>
    <message id="models.no_space">
        <source>The disk is full. What has come is kept; make room and go on.</source>
        <translation>The disk is full. What has come is kept; make room and go on.</translation>
    </message>
    <message id="models.not_given">
        <source>Its licence doesn’t let Homespun hand it on. Get it yourself and add it from a folder.</source>
        <translation>Its licence doesn’t let Homespun hand it on. Get it yourself and add it from a folder.</translation>
    </message>
    <message id="models.not_now">
        <source>Not now</source>
        <translation>Not now</translation>
    </message>
    <message id="models.not_there">
        <source>It is not where it was looked for.</source>
        <translation>It is not where it was looked for.</translation>
    </message>
    <message id="models.ocr">
        <source>Read text in pictures</source>
        <translation>Read text in pictures</translation>
    </message>
    <message id="models.ocr_gives">
        <source>Finds photos and scans by the words in them.</source>
        <translation>Finds photos and scans by the words in them.</translation>
    </message>
    <message id="models.partly">
        <source>Paused: {done} of {total} are here.</source>
        <translation>Paused: {done} of {total} are here.</translation>
    </message>
    <message id="models.pause">
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message id="models.progress">
        <source>Progress</source>
        <translation>Progress</translation>
    </message>
    <message id="models.ready">
        <source>Ready. It works without internet from now on.</source>
        <translation>Ready. It works without internet from now on.</translation>
    </message>
    <message id="models.realesr">
        <source>Enlarge noisy photos</source>
        <translation>Enlarge noisy photos</translation>
    </message>
    <message id="models.realesr_gives">
        <source>Makes photos four times as large and takes out noise.</source>
        <translation>Makes photos four times as large and takes out noise.</translation>
    </message>
    <message id="models.remove">
        <source>Remove</source>
        <translation>Remove</translation>
    </message>
    <message id="models.removed">
        <source>Removed. {size} are free again.</source>
        <translation>Removed. {size} are free again.</translation>
    </message>
    <message id="models.removing">
        <source>Removing</source>
        <translation>Removing</translation>
    </message>
    <message id="models.restore">
        <source>Enlarge, for phone and web pictures</source>
        <translation>Enlarge, for phone and web pictures</translation>
    </message>
    <message id="models.restore_gives">
        <source>Makes small, grainy or blurred pictures larger and cleaner.</source>
        <translation>Makes small, grainy or blurred pictures larger and cleaner.</translation>
    </message>
    <message id="models.sam">
        <source>Select by a click</source>
        <translation>Select by a click</translation>
    </message>
    <message id="models.sam_gives">
        <source>Click on a thing or draw a box around it, and it is selected to its edge.</source>
        <translation>Click on a thing or draw a box around it, and it is selected to its edge.</translation>
    </message>
    <message id="models.sd">
        <source>Fill by words</source>
        <translation>Fill by words</translation>
    </message>
    <message id="models.sd_gives">
        <source>Paints what you describe into a place of the picture.</source>
        <translation>Paints what you describe into a place of the picture.</translation>
    </message>
    <message id="models.seconds_left" numerus="yes">
        <source>about {count} s left</source>
        <translation>
            <numerusform>about {count} s left</numerusform>
            <numerusform>about {count} s left</numerusform>
        </translation>
    </message>
    <message id="models.shelf_all_here">
        <source>Every model in this folder is here already.</source>
        <translation>Every model in this folder is here already.</translation>
    </message>
    <message id="models.shelf_empty">
        <source>There is no model in this folder. It needs one folder for each model, as in the models folder of another computer.</source>
        <translation>There is no model in this folder. It needs one folder for each model, as in the models folder of another computer.</translation>
    </message>
    <message id="models.show_later" numerus="yes">
        <source>Show {count} more</source>
        <translation>
            <numerusform>Show {count} more</numerusform>
            <numerusform>Show {count} more</numerusform>
        </translation>
    </message>
    <message id="models.size_unknown">
        <source>size told when it is fetched</source>
        <translation>size told when it is fetched</translation>
    </message>
    <message id="models.speed">
        <source>{speed} a second</source>
        <translation>{speed} a second</translation>
    </message>
    <message id="models.stalled">
        <source>the server is silent</source>
        <translation>the server is silent</translation>
    </message>
    <message id="models.stopping">
        <source>Stopping</source>
        <translation>Stopping</translation>
    </message>
    <message id="models.switched_off">
        <source>Downloads are switched off in Settings.</source>
        <translation>Downloads are switched off in Settings.</translation>
    </message>
    <message id="models.taken">
        <source>Added models take {taken}, {free} free on the disk</source>
        <translation>Added models take {taken}, {free} free on the disk</translation>
    </message>
    <message id="models.terms">
        <source>Terms: {terms}</source>
        <translation>Terms: {terms}</translation>
    </message>
    <message id="models.tinyclip">
        <source>Search pictures by what they show</source>
        <translation>Search pictures by what they show</translation>
    </message>
    <message id="models.tinyclip_gives">
        <source>Finds “the cat on a blanket” without anybody naming the picture so.</source>
        <translation>Finds “the cat on a blanket” without anybody naming the picture so.</translation>
    </message>
    <message id="models.to_settings">
        <source>Open Settings</source>
        <translation>Open Settings</translation>
    </message>
    <message id="models.verify">
        <source>Check files</source>
        <translation>Check files</translation>
    </message>
    <message id="models.waiting">
        <source>Waiting for its turn</source>
        <translation>Waiting for its turn</translation>
    </message>
    <message id="models.wrong_file">
        <source>The file that came is not the one promised. It was deleted. Try again later.</source>
        <translation>The file that came is not the one promised. It was deleted. Try again later.</translation>
    </message>
</context>
</TS>
