#include "launcher.h"

#include <wchar.h>

struct words {
    const WCHAR *english, *german;
};

static const struct words WORDS[] = {
    [TOLD_USAGE] = {L"Homespun's launcher was started with words that it doesn't know.\n\n"
                    L"Use the entries of the menu; for the command line there is homespun.exe.",
                    L"Homespuns Starter wurde mit Wörtern aufgerufen, die er nicht kennt.\n\n"
                    L"Nimm die Einträge im Menü; für die Befehlszeile gibt es homespun.exe."},
    [TOLD_LIST] = {L"The list of files did not arrive whole, so nothing was done.\n\nChoose the files again.",
                   L"Die Liste der Dateien kam nicht vollständig an, daher wurde nichts getan.\n\n"
                   L"Wähle die Dateien noch einmal aus."},
    [TOLD_NO_PROGRAM] = {L"Parts of Homespun's program are missing.\n\n"
                         L"Install Homespun again. Your settings and everything it has learnt stay as they are.",
                         L"Teile von Homespuns Programm fehlen.\n\n"
                         L"Installiere Homespun noch einmal. Deine Einstellungen und alles, was es gelernt hat, bleiben."},
    [TOLD_NO_START] = {L"Homespun did not start.\n\nTry again. If it stays so, install Homespun again; your settings and "
                       L"everything it has learnt stay as they are.",
                       L"Homespun ist nicht gestartet.\n\nVersuche es noch einmal. Wenn es so bleibt, installiere Homespun "
                       L"neu; deine Einstellungen und alles, was es gelernt hat, bleiben."},
    [TOLD_SILENT] = {L"Homespun runs already, but doesn't answer.\n\nWait a moment and try again. If that doesn't help, end "
                     L"it in the Task Manager.",
                     L"Homespun läuft schon, antwortet aber nicht.\n\nWarte einen Augenblick und versuche es noch einmal. "
                     L"Wenn das nicht hilft, beende es im Task-Manager."},
    [TOLD_FOREIGN] = {L"Another program stands where Homespun should answer, so nothing was handed to it.\n\n"
                      L"Restart the computer. If it stays so, ask somebody who knows about its security.",
                      L"Wo Homespun antworten sollte, steht ein anderes Programm; ihm wurde nichts übergeben.\n\n"
                      L"Starte den Computer neu. Wenn es so bleibt, frage jemanden, der sich mit seiner Sicherheit auskennt."},
    [TOLD_REFUSED] = {L"The running Homespun did not take it: %.\n\nQuit it and try again.",
                      L"Das laufende Homespun hat es nicht angenommen: %.\n\nBeende es und versuche es noch einmal."},
    [TOLD_FOLDER] = {L"One folder can be searched at a time.\n\nChoose one folder.",
                     L"Es kann nur ein Ordner auf einmal durchsucht werden.\n\nWähle einen Ordner aus."},
};

void tell_text(told what, const WCHAR *why, WCHAR *text, size_t room)
{
    bool german = PRIMARYLANGID(GetUserDefaultUILanguage()) == LANG_GERMAN;
    const WCHAR *from = german ? WORDS[what].german : WORDS[what].english;
    size_t at = 0;
    for (; *from != L'\0' && at + 1 < room; from++) {
        if (*from != L'%') {
            text[at++] = *from;
            continue;
        }
        for (; *why != L'\0' && at + 1 < room; why++)
            text[at++] = *why;
    }
    text[at] = L'\0';
}

void tell(told what, const WCHAR *why)
{
    WCHAR text[WHY_ROOM + 512];
    tell_text(what, why, text, sizeof text / sizeof *text);
    MessageBoxW(NULL, text, L"Homespun", MB_OK | MB_ICONWARNING | MB_SETFOREGROUND);
}
