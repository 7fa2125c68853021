; Every word of the installer that Modern UI doesn't bring itself.

!macro Say name english german
  LangString ${name} ${LANG_ENGLISH} "${english}"
  LangString ${name} ${LANG_GERMAN} "${german}"
!macroend

!insertmacro Say WelcomeTitle "Homespun ${VERSION}" "Homespun ${VERSION}"
!insertmacro Say WelcomeText "Erase something from a picture, enlarge it, find files by what they are about: with a right click, and all of it on this computer.$\r$\n$\r$\nHomespun is installed for you alone, and needs no administrator. It sends nothing anywhere, and looks for updates only if you say so later.${UNSIGNED_EN}" "Etwas aus einem Bild entfernen, es vergrößern, Dateien nach ihrem Inhalt finden: mit einem Rechtsklick, und alles auf diesem Computer.$\r$\n$\r$\nHomespun wird nur für Sie installiert und braucht keinen Administrator. Es sendet nichts irgendwohin und sucht nur nach Updates, wenn Sie das später erlauben.${UNSIGNED_DE}"

!insertmacro Say OptionsTitle "What should be set up?" "Was soll eingerichtet werden?"
!insertmacro Say OptionsSubtitle "All of it can be changed later in Homespun's settings." "Alles lässt sich später in den Einstellungen von Homespun ändern."
!insertmacro Say OptionMenus "In the right-click &menu of pictures and folders" "Im &Rechtsklick-Menü von Bildern und Ordnern"
!insertmacro Say OptionMenusMore "Erase, enlarge, and search in a folder. On Windows 11 it is under “Show more options”." "Entfernen, vergrößern und in einem Ordner suchen. Unter Windows 11 steht es bei „Weitere Optionen anzeigen“."
!insertmacro Say OptionStartMenu "In the &Start menu" "Im &Startmenü"
!insertmacro Say OptionAutoStart "Be there when &Windows starts" "Da sein, wenn &Windows startet"
!insertmacro Say OptionAutoStartMore "In the background, so that searching and erasing begin at once." "Im Hintergrund, damit Suchen und Entfernen sofort beginnen."
!insertmacro Say OptionFolder "The program goes here:" "Das Programm kommt hierhin:"

!insertmacro Say FinishTitle "Homespun is ready" "Homespun ist bereit"
!insertmacro Say FinishText "Right-click a picture and choose Homespun, or start it from here." "Klicken Sie mit der rechten Maustaste auf ein Bild und wählen Sie Homespun, oder starten Sie es hier."
!insertmacro Say FinishRun "&Start Homespun" "Homespun &starten"
!insertmacro Say ShortcutText "Erase, enlarge and find, on this computer" "Entfernen, vergrößern und finden, auf diesem Computer"

!insertmacro Say TooOld "Homespun needs Windows 10, version 1809, or newer." "Homespun braucht Windows 10, Version 1809, oder neuer."
!insertmacro Say NeedsArm "This installer is for computers with an Arm processor, and this one has another. Take the installer with “x64” in its name." "Dieses Installationsprogramm ist für Computer mit Arm-Prozessor, und dieser hat einen anderen. Nehmen Sie das mit „x64“ im Namen."
!insertmacro Say Emulated "This computer has an Arm processor. Homespun for x64 runs on it, but slowly. Better take the installer with “arm64” in its name.$\r$\n$\r$\nInstall this one all the same?" "Dieser Computer hat einen Arm-Prozessor. Homespun für x64 läuft darauf, aber langsam. Besser nehmen Sie das Installationsprogramm mit „arm64“ im Namen.$\r$\n$\r$\nTrotzdem dieses installieren?"
!insertmacro Say OtherPerson "This was started with the rights of another person, so Homespun would be installed for them. Start it again without “Run as administrator”." "Dies wurde mit den Rechten einer anderen Person gestartet, also würde Homespun für diese installiert. Starten Sie es noch einmal ohne „Als Administrator ausführen“."
!insertmacro Say WrongFolder "Homespun can't be installed into that folder: it is the root of a drive, or the folder of Homespun's data." "In diesen Ordner lässt sich Homespun nicht installieren: Es ist das Stammverzeichnis eines Laufwerks oder der Ordner mit den Daten von Homespun."
!insertmacro Say CantWrite "The folder can't be written, or the disk is full. What was installed before is unchanged." "In den Ordner lässt sich nicht schreiben, oder der Datenträger ist voll. Was vorher installiert war, ist unverändert."
!insertmacro Say StillRuns "Homespun is still open. Close its windows, and leave it from the symbol in the task bar." "Homespun ist noch offen. Schließen Sie seine Fenster, und beenden Sie es über das Symbol in der Taskleiste."
!insertmacro Say Leaving "Homespun is asked to leave" "Homespun wird gebeten, sich zu beenden"

!insertmacro Say UnTitle "Remove Homespun" "Homespun entfernen"
!insertmacro Say UnSubtitle "The program, its menus and its shortcuts go." "Programm, Menüs und Verknüpfungen verschwinden."
!insertmacro Say UnText "Your pictures and documents are not touched. Homespun's own data stay too, so that a later installation goes on where this one left off." "Ihre Bilder und Dokumente werden nicht angerührt. Auch Homespuns eigene Daten bleiben, damit eine spätere Installation dort weitermacht."
!insertmacro Say UnPurge "&Delete Homespun's own data too" "Auch Homespuns eigene &Daten löschen"
!insertmacro Say UnPurgeMore "The search index, the settings, downloaded models and unfinished edits. They can't be brought back." "Suchindex, Einstellungen, heruntergeladene Modelle und unfertige Bearbeitungen. Sie lassen sich nicht zurückholen."
!insertmacro Say UnButton "&Remove" "&Entfernen"
!insertmacro Say UnFinishTitle "Homespun is gone" "Homespun ist entfernt"
!insertmacro Say UnFinishText "Files that you put into its folder yourself are still there." "Dateien, die Sie selbst in seinen Ordner gelegt haben, sind noch da."
!insertmacro Say NotHere "There is no Homespun in this folder." "In diesem Ordner ist kein Homespun."
