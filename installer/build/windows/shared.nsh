; What the installer and the uninstaller both do. NSIS wants each function twice, the uninstaller's beginning with "un.".

!macro Shared un

; In the middle of the screen that the mouse is on, and in front.
Function ${un}Placed
  BringToFront
FunctionEnd

; $R1: the version that current.json names under $R0 ("version", "previous"); empty where it names none that can be one.
Function ${un}ReadPointer
  Push $0
  Push $1
  Push $2
  Push $3
  StrCpy $R1 ""
  StrCpy $1 ""
  ClearErrors
  FileOpen $0 "$INSTDIR\current.json" r
  ${IfNot} ${Errors}
    ${Do}
      FileRead $0 $2
      StrCpy $1 "$1$2"
    ${LoopUntil} $2 == ""
    FileClose $0
  ${EndIf}
  ClearErrors
  ; Look for "NAME", then for the colon, then for a text.
  StrLen $2 '"$R0"'
  StrCpy $3 0
  ${Do}
    StrCpy $0 $1 $2 $3
    ${If} $0 == ""
      ${ExitDo}
    ${EndIf}
    ${If} $0 S== '"$R0"'
      IntOp $3 $3 + $2
      Call ${un}TextAt
      ${ExitDo}
    ${EndIf}
    IntOp $3 $3 + 1
  ${Loop}
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Part of ReadPointer: $R1 is the text in quotes after the colon at $3 of $1, if it is made as versions are.
Function ${un}TextAt
  StrCpy $R1 ""
  ${Do}
    StrCpy $0 $1 1 $3
    IntOp $3 $3 + 1
    ${If} $0 == ":"
    ${OrIf} $0 == " "
      ${Continue}
    ${EndIf}
    ${ExitDo}
  ${Loop}
  ${If} $0 != '"'
    Return
  ${EndIf}
  ${Do}
    StrCpy $0 $1 1 $3
    IntOp $3 $3 + 1
    ${If} $0 == '"'
      ${ExitDo}
    ${EndIf}
    ${If} $0 == ""
      StrCpy $R1 ""
      ${ExitDo}
    ${EndIf}
    Push $1
    Push $2
    Push $3
    StrCpy $2 0
    StrCpy $3 ""
    ${Do}
      StrCpy $1 "0123456789.abrc" 1 $2
      ${If} $1 S== $0
        StrCpy $3 $0
      ${EndIf}
      IntOp $2 $2 + 1
    ${LoopUntil} $1 == ""
    StrCpy $0 $3
    Pop $3
    Pop $2
    Pop $1
    ${If} $0 == ""
      StrCpy $R1 ""
      ${ExitDo}
    ${EndIf}
    StrCpy $R1 "$R1$0"
  ${Loop}
FunctionEnd

; Ask the running app to leave, as the person would, and wait for it. $R0: 0 when none runs any more.
Function ${un}AskToLeave
  Push $0
  StrCpy $R0 "version"
  Call ${un}ReadPointer
  StrCpy $R0 0
  ${If} $R1 != ""
  ${AndIf} ${FileExists} "$INSTDIR\versions\$R1\python\pythonw.exe"
    ${Do}
      DetailPrint "$(Leaving)"
      ClearErrors
      ExecWait '"$INSTDIR\versions\$R1\python\pythonw.exe" -m desktop.leave' $R0
      ${If} ${Errors}
        StrCpy $R0 0 ; it can't even start: so nothing of it runs
        ClearErrors
      ${EndIf}
      ${If} $R0 <> 3
        StrCpy $R0 0
        ${ExitDo}
      ${EndIf}
      MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "$(StillRuns)" /SD IDCANCEL IDRETRY again
      ${ExitDo}
      again:
    ${Loop}
  ${EndIf}
  Pop $0
FunctionEnd

; Delete the version in the folder $R0: the files that its list names, what Python made of them, and the empty folders.
Function ${un}DeleteVersion
  Push $0
  Push $1
  Push $2
  Push $3
  Push $4
  ClearErrors
  FileOpen $0 "$R0\files.json" r
  ${IfNot} ${Errors}
    ${Do}
      FileRead $0 $1
      ${If} $1 == ""
        ${ExitDo}
      ${EndIf}
      ; A file's line:   "lib/a.py": {
      StrCpy $2 $1 3
      ${If} $2 == '  "'
        StrCpy $1 $1 "" 3
        Call ${un}ListedName
        ${If} $1 != ""
          StrCpy $1 "$R0\$1"
          System::Call 'kernel32::DeleteFileW(wr1)i.r2'
          ${If} $2 = 0
            System::Call 'kernel32::SetFileAttributesW(wr1, i128)i.r2'
            System::Call 'kernel32::DeleteFileW(wr1)i.r2'
          ${EndIf}
        ${EndIf}
      ${EndIf}
    ${Loop}
    FileClose $0
  ${EndIf}
  ClearErrors
  Delete "$R0\files.json"
  Delete "$R0\files.json.sig"
  StrCpy $R1 "$R0"
  Call ${un}DeleteEmpty
  Pop $4
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Part of DeleteVersion: $1 begins with a name of the list and a quote; leave the name, or nothing for one that would lead
; out of the version's folder.
Function ${un}ListedName
  StrCpy $3 0
  ${Do}
    StrCpy $2 $1 1 $3
    ${If} $2 == ""
      StrCpy $1 ""
      Return
    ${EndIf}
    ${If} $2 == '"'
      ${ExitDo}
    ${EndIf}
    ${If} $2 == ":"
    ${OrIf} $2 == "\"
      StrCpy $1 ""
      Return
    ${EndIf}
    StrCpy $4 $1 2 $3
    ${If} $4 == ".."
      StrCpy $1 ""
      Return
    ${EndIf}
    IntOp $3 $3 + 1
  ${Loop}
  StrCpy $1 $1 $3
  StrCpy $2 $1 1
  ${If} $2 == "/"
    StrCpy $1 ""
  ${EndIf}
FunctionEnd

; Delete the folder $R1 and those below it, as far as they are empty. Links to other places are not followed.
Function ${un}DeleteEmpty
  Push $R1
  Push $R2
  Push $R3
  StrCpy $R2 $R1 "" -12
  ${If} $R2 == "\__pycache__"
    Delete "$R1\*.pyc"
  ${EndIf}
  FindFirst $R2 $R3 "$R1\*.*"
  ${DoWhile} $R3 != ""
    ${If} $R3 != "."
    ${AndIf} $R3 != ".."
      Push $0
      Push $1
      StrCpy $0 "$R1\$R3"
      System::Call 'kernel32::GetFileAttributesW(wr0)i.r1'
      IntOp $1 $1 & 0x410
      ${If} $1 = 0x10 ; a folder, and no link
        Push $R1
        StrCpy $R1 "$R1\$R3"
        Call ${un}DeleteEmpty
        Pop $R1
      ${EndIf}
      Pop $1
      Pop $0
    ${EndIf}
    FindNext $R2 $R3
  ${Loop}
  FindClose $R2
  RMDir "$R1"
  Pop $R3
  Pop $R2
  Pop $R1
FunctionEnd

; Take back the menus: the values that are noted in Written, and the keys that are empty then.
Function ${un}TakeBackMenus
  Push $0
  Push $1
  Push $2
  Push $3
  StrLen $3 "${CLASSES}\"
  StrCpy $0 0
  ${Do}
    ClearErrors
    EnumRegValue $1 HKCU "${WRITTEN}" $0
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ReadRegStr $2 HKCU "${WRITTEN}" $1
    StrCpy $1 $2 $3
    ${If} $1 == "${CLASSES}\"
      Call ${un}TakeBack
    ${EndIf}
    IntOp $0 $0 + 1
  ${Loop}
  ; Keys second, because one may hold values of another line.
  StrCpy $0 0
  ${Do}
    ClearErrors
    EnumRegValue $1 HKCU "${WRITTEN}" $0
    ${If} $1 == ""
      ${ExitDo}
    ${EndIf}
    ReadRegStr $2 HKCU "${WRITTEN}" $1
    StrCpy $1 $2 $3
    ${If} $1 == "${CLASSES}\"
      Call ${un}Prune
    ${EndIf}
    IntOp $0 $0 + 1
  ${Loop}
  DeleteRegKey HKCU "${WRITTEN}"
  ClearErrors
  Pop $3
  Pop $2
  Pop $1
  Pop $0
FunctionEnd

; Delete the value that $2 ("key|name") names.
Function ${un}TakeBack
  Push $0
  Push $1
  Call ${un}Split
  DeleteRegValue HKCU "$0" "$1"
  Pop $1
  Pop $0
FunctionEnd

; Delete the key of $2 ("key|name") and those above it, below Classes, as far as they are empty.
Function ${un}Prune
  Push $0
  Push $1
  Push $3
  Call ${un}Split
  ${DoWhile} $0 != "${CLASSES}"
    ClearErrors
    EnumRegValue $1 HKCU "$0" 0
    ${If} $1 != ""
      ${ExitDo}
    ${EndIf}
    ${IfNot} ${Errors} ; a default value has no name, and is no error
      ReadRegStr $1 HKCU "$0" ""
      ${IfNot} ${Errors}
        ${ExitDo}
      ${EndIf}
    ${EndIf}
    EnumRegKey $1 HKCU "$0" 0
    ${If} $1 != ""
      ${ExitDo}
    ${EndIf}
    DeleteRegKey /ifempty HKCU "$0"
    StrCpy $3 -1
    ${Do}
      StrCpy $1 $0 1 $3
      IntOp $3 $3 - 1
    ${LoopUntil} $1 == "\"
    IntOp $3 $3 + 1
    StrCpy $0 $0 $3
  ${Loop}
  ClearErrors
  Pop $3
  Pop $1
  Pop $0
FunctionEnd

; $0 and $1: what stands before and after the line in $2.
Function ${un}Split
  Push $3
  StrCpy $3 0
  ${Do}
    StrCpy $1 $2 1 $3
    ${If} $1 == "|"
    ${OrIf} $1 == ""
      ${ExitDo}
    ${EndIf}
    IntOp $3 $3 + 1
  ${Loop}
  StrCpy $0 $2 $3
  IntOp $3 $3 + 1
  StrCpy $1 $2 "" $3
  Pop $3
FunctionEnd

Function ${un}TellExplorer
  ; SHCNE_ASSOCCHANGED, SHCNF_FLUSH
  System::Call 'shell32::SHChangeNotify(i0x08000000, i0x1000, p0, p0)'
FunctionEnd

!macroend
