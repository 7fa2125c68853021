<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>editor</name>
    <message id="editor.about_seconds">
        <source>about {seconds} s</source>
        <translation>about {seconds} s</translation>
    </message>
    <message id="editor.after">
        <source>After</source>
        <translation>After</translation>
    </message>
    <message id="editor.again">
        <source>Try again</source>
        <translation>Try again</translation>
    </message>
    <message id="editor.before">
        <source>Before</source>
        <translation>Before</translation>
    </message>
    <message id="editor.brush">
        <source>Brush size</source>
        <translation>Brush size</translation>
    </message>
    <message id="editor.by_cpu">
        <source>the processor</source>
        <translation>the processor</translation>
    </message>
    <message id="editor.by_device">
        <source>{device}</source>
        <translation>{device}</translation>
    </message>
    <message id="editor.by_gpu">
        <source>the graphics card</source>
        <translation>the graphics card</translation>
    </message>
    <message id="editor.by_npu">
        <source>the NPU</source>
        <translation>the NPU</translation>
    </message>
    <message id="editor.canvas">
        <source>{title}, {width} × {height} pixels, {tool}</source>
        <translation>{title}, {width} × {height} pixels, {tool}</translation>
    </message>
    <message id="editor.cap.ctrl">
        <source>Ctrl</source>
        <translation>Ctrl</translation>
    </message>
    <message id="editor.cap.enter">
        <source>Enter</source>
        <translation>Enter</translation>
    </message>
    <message id="editor.cap.esc">
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message id="editor.cap.shift">
        <source>Shift</source>
        <translation>Shift</translation>
    </message>
    <message id="editor.close.lose">
        <source>Don’t save</source>
        <translation>Don’t save</translation>
    </message>
    <message id="editor.close.question" numerus="yes">
        <source>Close without saving {count} changes?</source>
        <translation>
            <numerusform>Close without saving {count} change?</numerusform>
            <numerusform>Close without saving {count} changes?</numerusform>
        </translation>
    </message>
    <message id="editor.copied">
        <source>Copied.</source>
        <translation>Copied.</translation>
    </message>
    <message id="editor.device_failed">
        <source>The work stopped on {device}. It was done on the processor instead, in {seconds} s.</source>
        <translation>The work stopped on {device}. It was done on the processor instead, in {seconds} s.</translation>
    </message>
    <message id="editor.died_opening">
        <source>{name} can’t be opened: the part that reads pictures stopped at it.</source>
        <translation>{name} can’t be opened: the part that reads pictures stopped at it.</translation>
    </message>
    <message id="editor.done">
        <source>Done in {seconds} s on {where}.</source>
        <translation>Done in {seconds} s on {where}.</translation>
    </message>
    <message id="editor.done.tip">
        <source>Hold {key} to see the original</source>
        <translation>Hold {key} to see the original</translation>
    </message>
    <message id="editor.drag_out">
        <source>Drag the picture out as a file</source>
        <translation>Drag the picture out as a file</translation>
    </message>
    <message id="editor.drop.address">
        <source>That is an address, not a picture. Save the picture first, then drop the file here.</source>
        <translation>That is an address, not a picture. Save the picture first, then drop the file here.</translation>
    </message>
    <message id="editor.drop_here">
        <source>Drop to open</source>
        <translation>Drop to open</translation>
    </message>
    <message id="editor.empty.drop">
        <source>Drop a picture here</source>
        <translation>Drop a picture here</translation>
    </message>
    <message id="editor.empty.open">
        <source>Open a picture…</source>
        <translation>Open a picture…</translation>
    </message>
    <message id="editor.empty.paste">
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message id="editor.empty.press">
        <source>or press</source>
        <translation>or press</translation>
    </message>
    <message id="editor.empty.promise">
        <source>The original stays as it is. You save a copy.</source>
        <translation>The original stays as it is. You save a copy.</translation>
    </message>
    <message id="editor.enlarge">
        <source>Enlarge</source>
        <translation>Enlarge</translation>
    </message>
    <message id="editor.erase">
        <source>Erase it</source>
        <translation>Erase it</translation>
    </message>
    <message id="editor.estimate">
        <source>{where}, {time}</source>
        <translation>{where}, {time}</translation>
    </message>
    <message id="editor.export">
        <source>Export</source>
        <translation>Export</translation>
    </message>
    <message id="editor.export.choose">
        <source>Choose a place…</source>
        <translation>Choose a place…</translation>
    </message>
    <message id="editor.export.head">
        <source>How large?</source>
        <translation>How large?</translation>
    </message>
    <message id="editor.export.height">
        <source>Height</source>
        <translation>Height</translation>
    </message>
    <message id="editor.export.share">
        <source>Share of the full size</source>
        <translation>Share of the full size</translation>
    </message>
    <message id="editor.export.width">
        <source>Width</source>
        <translation>Width</translation>
    </message>
    <message id="editor.factor">
        <source>How many times</source>
        <translation>How many times</translation>
    </message>
    <message id="editor.file.copy">
        <source>edited</source>
        <translation>edited</translation>
    </message>
    <message id="editor.file.mask">
        <source>mask</source>
        <translation>mask</translation>
    </message>
    <message id="editor.fill">
        <source>Fill it</source>
        <translation>Fill it</translation>
    </message>
    <message id="editor.fill.mark_first">
        <source>Mark the place that should be filled first: paint over it, click on it or draw around it.</source>
        <translation>Mark the place that should be filled first: paint over it, click on it or draw around it.</translation>
    </message>
    <message id="editor.fill.more">
        <source>What should not be there</source>
        <translation>What should not be there</translation>
    </message>
    <message id="editor.fill.negative">
        <source>What should not be there?</source>
        <translation>What should not be there?</translation>
    </message>
    <message id="editor.fill.once_more">
        <source>Fill the same place once more</source>
        <translation>Fill the same place once more</translation>
    </message>
    <message id="editor.fill.prompt">
        <source>What should be there?</source>
        <translation>What should be there?</translation>
    </message>
    <message id="editor.fill.variants">
        <source>Results</source>
        <translation>Results</translation>
    </message>
    <message id="editor.fill.variants_tip">
        <source>So many results to choose from. Each takes its own time.</source>
        <translation>So many results to choose from. Each takes its own time.</translation>
    </message>
    <message id="editor.fill.words_first">
        <source>Say what should be there.</source>
        <translation>Say what should be there.</translation>
    </message>
    <message id="editor.full">
        <source>Couldn’t save: the disk is full (needs about {size}). Nothing was lost; choose another place.</source>
        <translation>Couldn’t save: the disk is full (needs about {size}). Nothing was lost; choose another place.</translation>
    </message>
    <message id="editor.gesture.ctrl_wheel">
        <source>Ctrl + wheel</source>
        <translation>Ctrl + wheel</translation>
    </message>
    <message id="editor.gesture.middle">
        <source>Middle button</source>
        <translation>Middle button</translation>
    </message>
    <message id="editor.gesture.right">
        <source>Right button</source>
        <translation>Right button</translation>
    </message>
    <message id="editor.gesture.shift_wheel">
        <source>Shift + wheel</source>
        <translation>Shift + wheel</translation>
    </message>
    <message id="editor.gesture.space">
        <source>Space + drag</source>
        <translation>Space + drag</translation>
    </message>
    <message id="editor.gesture.wheel">
        <source>Wheel</source>
        <translation>Wheel</translation>
    </message>
    <message id="editor.grow">
        <source>Grow</source>
        <translation>Grow</translation>
    </message>
    <message id="editor.guard.explicit">
        <source>explicit content</source>
        <translation>explicit content</translation>
    </message>
    <message id="editor.guard.people">
        <source>real people</source>
        <translation>real people</translation>
    </message>
    <message id="editor.guard.weakened">
        <source>The guard weakened what the words say of {concept}.</source>
        <translation>The guard weakened what the words say of {concept}.</translation>
    </message>
    <message id="editor.guard.words">
        <source>The guard took “{words}” out of the words ({concept}).</source>
        <translation>The guard took “{words}” out of the words ({concept}).</translation>
    </message>
    <message id="editor.invert">
        <source>Invert</source>
        <translation>Invert</translation>
    </message>
    <message id="editor.keeps_dying">
        <source>The part that edits pictures keeps stopping. What you did is kept.</source>
        <translation>The part that edits pictures keeps stopping. What you did is kept.</translation>
    </message>
    <message id="editor.key.act">
        <source>Do it</source>
        <translation>Do it</translation>
    </message>
    <message id="editor.key.close">
        <source>Close the window</source>
        <translation>Close the window</translation>
    </message>
    <message id="editor.key.colour">
        <source>Other mask colour</source>
        <translation>Other mask colour</translation>
    </message>
    <message id="editor.key.compare">
        <source>Compare side by side</source>
        <translation>Compare side by side</translation>
    </message>
    <message id="editor.key.copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="editor.key.double">
        <source>200 %</source>
        <translation>200 %</translation>
    </message>
    <message id="editor.key.enlarge">
        <source>Enlarge</source>
        <translation>Enlarge</translation>
    </message>
    <message id="editor.key.enqueue">
        <source>To the queue</source>
        <translation>To the queue</translation>
    </message>
    <message id="editor.key.erase">
        <source>Erase</source>
        <translation>Erase</translation>
    </message>
    <message id="editor.key.fill">
        <source>Fill by words</source>
        <translation>Fill by words</translation>
    </message>
    <message id="editor.key.fit">
        <source>Whole picture</source>
        <translation>Whole picture</translation>
    </message>
    <message id="editor.key.full_screen">
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message id="editor.key.larger">
        <source>Larger brush</source>
        <translation>Larger brush</translation>
    </message>
    <message id="editor.key.next">
        <source>Next result</source>
        <translation>Next result</translation>
    </message>
    <message id="editor.key.open">
        <source>Open</source>
        <translation>Open</translation>
    </message>
    <message id="editor.key.original">
        <source>Original (hold)</source>
        <translation>Original (hold)</translation>
    </message>
    <message id="editor.key.paint">
        <source>Paint where the ring is</source>
        <translation>Paint where the ring is</translation>
    </message>
    <message id="editor.key.pan">
        <source>Move the picture</source>
        <translation>Move the picture</translation>
    </message>
    <message id="editor.key.paste">
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message id="editor.key.previous">
        <source>Previous result</source>
        <translation>Previous result</translation>
    </message>
    <message id="editor.key.redo">
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message id="editor.key.ring">
        <source>Move the ring by 10 px</source>
        <translation>Move the ring by 10 px</translation>
    </message>
    <message id="editor.key.ring_fine">
        <source>Move the ring by 1 px</source>
        <translation>Move the ring by 1 px</translation>
    </message>
    <message id="editor.key.save">
        <source>Save a copy</source>
        <translation>Save a copy</translation>
    </message>
    <message id="editor.key.save_as">
        <source>Save as</source>
        <translation>Save as</translation>
    </message>
    <message id="editor.key.scroll">
        <source>Scroll</source>
        <translation>Scroll</translation>
    </message>
    <message id="editor.key.select">
        <source>Select</source>
        <translation>Select</translation>
    </message>
    <message id="editor.key.shortcuts">
        <source>This page</source>
        <translation>This page</translation>
    </message>
    <message id="editor.key.smaller">
        <source>Smaller brush</source>
        <translation>Smaller brush</translation>
    </message>
    <message id="editor.key.stop">
        <source>Stop, then clear the mask</source>
        <translation>Stop, then clear the mask</translation>
    </message>
    <message id="editor.key.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="editor.key.unpaint">
        <source>Take paint away (hold)</source>
        <translation>Take paint away (hold)</translation>
    </message>
    <message id="editor.key.whole">
        <source>100 %</source>
        <translation>100 %</translation>
    </message>
    <message id="editor.key.zoom_in">
        <source>Closer</source>
        <translation>Closer</translation>
    </message>
    <message id="editor.key.zoom_out">
        <source>Farther away</source>
        <translation>Farther away</translation>
    </message>
    <message id="editor.keys">
        <source>Shortcuts</source>
        <translation>Shortcuts</translation>
    </message>
    <message id="editor.keys.file">
        <source>Picture and window</source>
        <translation>Picture and window</translation>
    </message>
    <message id="editor.keys.mask">
        <source>Painting</source>
        <translation>Painting</translation>
    </message>
    <message id="editor.keys.tools">
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message id="editor.keys.view">
        <source>Looking</source>
        <translation>Looking</translation>
    </message>
    <message id="editor.long">
        <source>This takes a while. The queue can do it while you go on.</source>
        <translation>This takes a while. The queue can do it while you go on.</translation>
    </message>
    <message id="editor.lost" numerus="yes">
        <source>{count} changes could not be brought back.</source>
        <translation>
            <numerusform>{count} change could not be brought back.</numerusform>
            <numerusform>{count} changes could not be brought back.</numerusform>
        </translation>
    </message>
    <message id="editor.mask_empty">
        <source>There is nothing light in “{name}”, so nothing was marked.</source>
        <translation>There is nothing light in “{name}”, so nothing was marked.</translation>
    </message>
    <message id="editor.mask_saved">
        <source>The mask is in “{name}”.</source>
        <translation>The mask is in “{name}”.</translation>
    </message>
    <message id="editor.menu.clear">
        <source>Clear the mask</source>
        <translation>Clear the mask</translation>
    </message>
    <message id="editor.menu.compare">
        <source>Compare</source>
        <translation>Compare</translation>
    </message>
    <message id="editor.menu.copy">
        <source>Copy</source>
        <translation>Copy</translation>
    </message>
    <message id="editor.menu.enqueue">
        <source>To the queue</source>
        <translation>To the queue</translation>
    </message>
    <message id="editor.menu.export">
        <source>Export in another size…</source>
        <translation>Export in another size…</translation>
    </message>
    <message id="editor.menu.export_mask">
        <source>Export the mask…</source>
        <translation>Export the mask…</translation>
    </message>
    <message id="editor.menu.full_screen">
        <source>Full screen</source>
        <translation>Full screen</translation>
    </message>
    <message id="editor.menu.import_mask">
        <source>Import a mask…</source>
        <translation>Import a mask…</translation>
    </message>
    <message id="editor.menu.invert">
        <source>Invert the mask</source>
        <translation>Invert the mask</translation>
    </message>
    <message id="editor.menu.open">
        <source>Open…</source>
        <translation>Open…</translation>
    </message>
    <message id="editor.menu.paste">
        <source>Paste</source>
        <translation>Paste</translation>
    </message>
    <message id="editor.menu.save_as">
        <source>Save as…</source>
        <translation>Save as…</translation>
    </message>
    <message id="editor.menu.shortcuts">
        <source>All shortcuts</source>
        <translation>All shortcuts</translation>
    </message>
    <message id="editor.more">
        <source>More</source>
        <translation>More</translation>
    </message>
    <message id="editor.mostly">
        <source>This is most of the picture; the result is a guess.</source>
        <translation>This is most of the picture; the result is a guess.</translation>
    </message>
    <message id="editor.name_edited">
        <source>edited</source>
        <translation>edited</translation>
    </message>
    <message id="editor.name_enlarged">
        <source>enlarged</source>
        <translation>enlarged</translation>
    </message>
    <message id="editor.name_erased">
        <source>erased</source>
        <translation>erased</translation>
    </message>
    <message id="editor.name_filled">
        <source>filled</source>
        <translation>filled</translation>
    </message>
    <message id="editor.next">
        <source>Next result</source>
        <translation>Next result</translation>
    </message>
    <message id="editor.no_memory">
        <source>Not enough memory for {quality}. Try {lower}.</source>
        <translation>Not enough memory for {quality}. Try {lower}.</translation>
    </message>
    <message id="editor.not_saved">
        <source>Couldn’t save. {reason}</source>
        <translation>Couldn’t save. {reason}</translation>
    </message>
    <message id="editor.nothing_found">
        <source>Nothing was found there. Click in the middle of it, or draw a box around it.</source>
        <translation>Nothing was found there. Click in the middle of it, or draw a box around it.</translation>
    </message>
    <message id="editor.on_cpu">
        <source>On the processor</source>
        <translation>On the processor</translation>
    </message>
    <message id="editor.on_device">
        <source>On {device}</source>
        <translation>On {device}</translation>
    </message>
    <message id="editor.on_gpu">
        <source>On the graphics card</source>
        <translation>On the graphics card</translation>
    </message>
    <message id="editor.on_npu">
        <source>On the NPU</source>
        <translation>On the NPU</translation>
    </message>
    <message id="editor.open_again">
        <source>Open it again</source>
        <translation>Open it again</translation>
    </message>
    <message id="editor.opening">
        <source>Opening {title}…</source>
        <translation>Opening {title}…</translation>
    </message>
    <message id="editor.or">
        <source>or</source>
        <translation>or</translation>
    </message>
    <message id="editor.original">
        <source>Original</source>
        <translation>Original</translation>
    </message>
    <message id="editor.original.tip">
        <source>Hold to see the original, click to compare  {key}</source>
        <translation>Hold to see the original, click to compare  {key}</translation>
    </message>
    <message id="editor.other_way">
        <source>Other way</source>
        <translation>Other way</translation>
    </message>
    <message id="editor.painting.finishing">
        <source>Finishing</source>
        <translation>Finishing</translation>
    </message>
    <message id="editor.painting.left">
        <source>{doing}, {time} left</source>
        <translation>{doing}, {time} left</translation>
    </message>
    <message id="editor.painting.looking">
        <source>Looking at the picture</source>
        <translation>Looking at the picture</translation>
    </message>
    <message id="editor.painting.opening">
        <source>Loading the model</source>
        <translation>Loading the model</translation>
    </message>
    <message id="editor.painting.reading">
        <source>Reading the words</source>
        <translation>Reading the words</translation>
    </message>
    <message id="editor.painting.result">
        <source>Result {number}</source>
        <translation>Result {number}</translation>
    </message>
    <message id="editor.painting.step">
        <source>Step {step} of {of}</source>
        <translation>Step {step} of {of}</translation>
    </message>
    <message id="editor.paste.nothing">
        <source>There is no picture on the clipboard.</source>
        <translation>There is no picture on the clipboard.</translation>
    </message>
    <message id="editor.paste.unsaved">
        <source>This picture has changes that are not saved. Save them first, then paste.</source>
        <translation>This picture has changes that are not saved. Save them first, then paste.</translation>
    </message>
    <message id="editor.pasted">
        <source>Pasted picture</source>
        <translation>Pasted picture</translation>
    </message>
    <message id="editor.pictures">
        <source>Pictures</source>
        <translation>Pictures</translation>
    </message>
    <message id="editor.pixels">
        <source>{size} px</source>
        <translation>{size} px</translation>
    </message>
    <message id="editor.pointer.box">
        <source>Box</source>
        <translation>Box</translation>
    </message>
    <message id="editor.pointer.brush">
        <source>Brush</source>
        <translation>Brush</translation>
    </message>
    <message id="editor.pointer.click">
        <source>Click</source>
        <translation>Click</translation>
    </message>
    <message id="editor.pointer.lasso">
        <source>Lasso</source>
        <translation>Lasso</translation>
    </message>
    <message id="editor.preparing">
        <source>Getting ready for this processor, once</source>
        <translation>Getting ready for this processor, once</translation>
    </message>
    <message id="editor.previous">
        <source>Previous result</source>
        <translation>Previous result</translation>
    </message>
    <message id="editor.quality">
        <source>Quality</source>
        <translation>Quality</translation>
    </message>
    <message id="editor.quality.balanced">
        <source>Better</source>
        <translation>Better</translation>
    </message>
    <message id="editor.quality.best">
        <source>Best</source>
        <translation>Best</translation>
    </message>
    <message id="editor.quality.instant">
        <source>Quick</source>
        <translation>Quick</translation>
    </message>
    <message id="editor.recover">
        <source>{name} wasn’t saved last time. Go on with it?</source>
        <translation>{name} wasn’t saved last time. Go on with it?</translation>
    </message>
    <message id="editor.recover_do">
        <source>Go on</source>
        <translation>Go on</translation>
    </message>
    <message id="editor.recover_not">
        <source>Discard the changes</source>
        <translation>Discard the changes</translation>
    </message>
    <message id="editor.redo">
        <source>Redo</source>
        <translation>Redo</translation>
    </message>
    <message id="editor.rescued">
        <source>The part that edits pictures was started again, and this picture’s only file was gone. The picture is kept as you see it; earlier steps can’t be undone. Save it soon.</source>
        <translation>The part that edits pictures was started again, and this picture’s only file was gone. The picture is kept as you see it; earlier steps can’t be undone. Save it soon.</translation>
    </message>
    <message id="editor.restarted">
        <source>The part that edits pictures stopped and was started again. Nothing was lost.</source>
        <translation>The part that edits pictures stopped and was started again. Nothing was lost.</translation>
    </message>
    <message id="editor.result_size">
        <source>{width} × {height}, {megapixels} megapixels</source>
        <translation>{width} × {height}, {megapixels} megapixels</translation>
    </message>
    <message id="editor.save">
        <source>Save a copy</source>
        <translation>Save a copy</translation>
    </message>
    <message id="editor.save_elsewhere">
        <source>Choose another place…</source>
        <translation>Choose another place…</translation>
    </message>
    <message id="editor.saved">
        <source>Saved as {name}</source>
        <translation>Saved as {name}</translation>
    </message>
    <message id="editor.saved_as">
        <source>Saved as “{name}”.</source>
        <translation>Saved as “{name}”.</translation>
    </message>
    <message id="editor.show">
        <source>Show in folder</source>
        <translation>Show in folder</translation>
    </message>
    <message id="editor.shrink">
        <source>Shrink</source>
        <translation>Shrink</translation>
    </message>
    <message id="editor.size">
        <source>{width} × {height}</source>
        <translation>{width} × {height}</translation>
    </message>
    <message id="editor.stopping">
        <source>Stopping…</source>
        <translation>Stopping…</translation>
    </message>
    <message id="editor.style">
        <source>Kind of picture</source>
        <translation>Kind of picture</translation>
    </message>
    <message id="editor.style.faithful">
        <source>Faithful</source>
        <translation>Faithful</translation>
    </message>
    <message id="editor.style.restore">
        <source>Cleaned up</source>
        <translation>Cleaned up</translation>
    </message>
    <message id="editor.tip.enlarge">
        <source>Make the picture larger  U</source>
        <translation>Make the picture larger  U</translation>
    </message>
    <message id="editor.tip.erase">
        <source>Paint over what should go  B</source>
        <translation>Paint over what should go  B</translation>
    </message>
    <message id="editor.tip.fill">
        <source>Mark a place and say what should be there  F</source>
        <translation>Mark a place and say what should be there  F</translation>
    </message>
    <message id="editor.tip.select">
        <source>Point at things  S</source>
        <translation>Point at things  S</translation>
    </message>
    <message id="editor.tip_model">
        <source>Fills with {model}</source>
        <translation>Fills with {model}</translation>
    </message>
    <message id="editor.tip_model_on">
        <source>Fills with {model}, on {where}</source>
        <translation>Fills with {model}, on {where}</translation>
    </message>
    <message id="editor.tip_no_model">
        <source>Needs a model that is not here yet. Get one under Models.</source>
        <translation>Needs a model that is not here yet. Get one under Models.</translation>
    </message>
    <message id="editor.tip_opening">
        <source>One moment: the picture is still being read.</source>
        <translation>One moment: the picture is still being read.</translation>
    </message>
    <message id="editor.tip_paint">
        <source>Paint over what should go</source>
        <translation>Paint over what should go</translation>
    </message>
    <message id="editor.tip_same">
        <source>With the models that are here this gives the same as the step before.</source>
        <translation>With the models that are here this gives the same as the step before.</translation>
    </message>
    <message id="editor.tip_stop">
        <source>Stop. The picture stays as it is.</source>
        <translation>Stop. The picture stays as it is.</translation>
    </message>
    <message id="editor.tip_surroundings">
        <source>Fills from the surroundings, on the processor. Nothing to download.</source>
        <translation>Fills from the surroundings, on the processor. Nothing to download.</translation>
    </message>
    <message id="editor.tip_too_large">
        <source>The result would have more than 300 megapixels. Choose a smaller factor.</source>
        <translation>The result would have more than 300 megapixels. Choose a smaller factor.</translation>
    </message>
    <message id="editor.to_queue">
        <source>To the queue</source>
        <translation>To the queue</translation>
    </message>
    <message id="editor.tool.enlarge">
        <source>Enlarge</source>
        <translation>Enlarge</translation>
    </message>
    <message id="editor.tool.erase">
        <source>Erase</source>
        <translation>Erase</translation>
    </message>
    <message id="editor.tool.fill">
        <source>Fill</source>
        <translation>Fill</translation>
    </message>
    <message id="editor.tool.select">
        <source>Select</source>
        <translation>Select</translation>
    </message>
    <message id="editor.tools">
        <source>Tools</source>
        <translation>Tools</translation>
    </message>
    <message id="editor.under_a_second">
        <source>under a second</source>
        <translation>under a second</translation>
    </message>
    <message id="editor.undo">
        <source>Undo</source>
        <translation>Undo</translation>
    </message>
    <message id="editor.unsafe">
        <source>The disk is full: this change would not survive a crash. Save soon.</source>
        <translation>The disk is full: this change would not survive a crash. Save soon.</translation>
    </message>
    <message id="editor.unsaved" numerus="yes">
        <source>{count} changes, not saved</source>
        <translation>
            <numerusform>{count} change, not saved</numerusform>
            <numerusform>{count} changes, not saved</numerusform>
        </translation>
    </message>
    <message id="editor.waiting" numerus="yes">
        <source>{count} more wait</source>
        <translation>
            <numerusform>{count} more waits</numerusform>
            <numerusform>{count} more wait</numerusform>
        </translation>
    </message>
    <message id="editor.waiting.stop">
        <source>Don’t open those that wait</source>
        <translation>Don’t open those that wait</translation>
    </message>
    <message id="editor.waiting.tip">
        <source>Closing this picture opens the next.</source>
        <translation>Closing this picture opens the next.</translation>
    </message>
    <message id="editor.way_model">
        <source>With {model}</source>
        <translation>With {model}</translation>
    </message>
    <message id="editor.way_surroundings">
        <source>From the surroundings</source>
        <translation>From the surroundings</translation>
    </message>
    <message id="editor.zoom">
        <source>How large the picture is shown</source>
        <translation>How large the picture is shown</translation>
    </message>
    <message id="editor.zoom.name">
        <source>Zoom: {zoom}</source>
        <translation>Zoom: {zoom}</translation>
    </message>
</context>
</TS>
