/**
 * The picture's styles. Each mark has a colour, a line of its own and a sign; light and dark follow the reader's system. They are
 * apart from the picture so that a page which holds it can have one style for all.
 */
export const PICTURE_STYLE = `.kkh{--bg:#fff;--fg:#1b2430;--soft:#57606a;--line:#8c959f;--box:#f6f8fa;--in:#fff;--site:#eef4fb;--trunk:#57606a;--add:#116329;--chg:#7d4e00;--rep:#6639ba;--del:#a40e26;--out:#a40e26}
@media (prefers-color-scheme:dark){.kkh{--bg:#0d1117;--fg:#e6edf3;--soft:#9aa4ae;--line:#5b6570;--box:#161b22;--in:#0d1117;--site:#12202f;--trunk:#9aa4ae;--add:#56d364;--chg:#e3b341;--rep:#d2a8ff;--del:#ff7b72;--out:#ff7b72}}
.kkh text{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Noto Sans Mono CJK JP",monospace;font-size:11px;fill:var(--soft)}
.kkh .bg{fill:var(--bg)}
.kkh .t{font-size:12.5px;font-weight:600;fill:var(--fg)}
.kkh .h{font-size:15px;font-weight:700;fill:var(--fg)}
.kkh .head{font-size:19px;font-weight:700;fill:var(--fg)}
.kkh rect.b{fill:var(--in);stroke:var(--line);stroke-width:1}
.kkh rect.network{fill:var(--box);stroke-width:1.5}
.kkh rect.site{fill:var(--site);stroke-width:1.5}
.kkh rect.nodes{rx:9px}
.kkh rect.entry,.kkh rect.host{stroke-dasharray:1 3}
.kkh .k{fill:none;stroke:var(--line);stroke-width:1.5;stroke-linejoin:round}
.kkh .k.trunk{stroke:var(--trunk);stroke-width:2}
.kkh .k.tunnel{stroke:var(--fg)}
.kkh .k.trunk.tunnel{stroke:var(--trunk)}
.kkh .k.attachment{stroke:var(--trunk);stroke-dasharray:7 4}
.kkh .a{fill:var(--fg)}
.kkh .lt{fill:var(--fg)}
.kkh rect.b.m-added{stroke:var(--add);stroke-width:2}
.kkh rect.b.m-changed{stroke:var(--chg);stroke-width:2;stroke-dasharray:7 4}
.kkh rect.b.m-replaced{stroke:var(--rep);stroke-width:2;stroke-dasharray:10 3 2 3}
.kkh rect.b.m-destroyed{stroke:var(--del);stroke-width:2;stroke-dasharray:2 3}
.kkh rect.b.m-outage{stroke:var(--out);stroke-width:3.5}
.kkh .k.m-added{stroke:var(--add);stroke-width:2.5}
.kkh .k.m-changed{stroke:var(--chg);stroke-width:2.5;stroke-dasharray:7 4}
.kkh .k.m-replaced{stroke:var(--rep);stroke-width:2.5;stroke-dasharray:10 3 2 3}
.kkh .k.m-destroyed{stroke:var(--del);stroke-width:2.5;stroke-dasharray:2 3}
.kkh .k.m-outage{stroke:var(--out);stroke-width:4}
.kkh .s{stroke:none}
.kkh .s.m-added{fill:var(--add)}.kkh .s.m-changed{fill:var(--chg)}.kkh .s.m-replaced{fill:var(--rep)}.kkh .s.m-destroyed{fill:var(--del)}.kkh .s.m-outage{fill:var(--out)}
.kkh .st{font-weight:700;fill:var(--bg)}
.kkh .gone{text-decoration:line-through}`;
