/** The page's styles, beside those of the picture. Colours have a contrast of at least 4.5, and are never the only sign. */
export const PAGE_STYLE = `:root{color-scheme:light dark;--bg:#fff;--fg:#1b2430;--soft:#57606a;--line:#d0d7de;--panel:#f6f8fa;--link:#0550ae;--bad:#a40e26;--warn:#7d4e00;--good:#116329;--rep:#6639ba;--mark:#fff8c5}
@media (prefers-color-scheme:dark){:root{--bg:#0d1117;--fg:#e6edf3;--soft:#9aa4ae;--line:#3d444d;--panel:#161b22;--link:#79c0ff;--bad:#ff7b72;--warn:#e3b341;--good:#56d364;--rep:#d2a8ff;--mark:#4b3a00}}
*{box-sizing:border-box}
body{margin:0;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,"Segoe UI","Hiragino Sans","Noto Sans CJK JP",sans-serif}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
[id]{scroll-margin-top:130px}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--bg);padding:8px;z-index:2}
header,main,footer{max-width:1240px;margin:0 auto;padding:0 20px}
header{padding-top:16px}
h1{font-size:1.6rem;margin:.2em 0}
h2{font-size:1.3rem;margin:1.2em 0 .3em;overflow-wrap:anywhere}
h3{font-size:1.05rem;margin:1.4em 0 .4em}
code,pre,.mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.92em;overflow-wrap:anywhere}
pre{background:var(--panel);border:1px solid var(--line);border-radius:4px;padding:8px;white-space:pre-wrap}
.soft{color:var(--soft)}
.say{border-left:5px solid var(--warn);background:var(--panel);padding:8px 12px;margin:10px 0}
.say.bad{border-color:var(--bad)}
form{position:sticky;top:0;background:var(--bg);border-bottom:1px solid var(--line);padding:10px 0;z-index:1}
.row{display:flex;flex-wrap:wrap;gap:10px 16px;align-items:end}
.row label{display:flex;flex-direction:column;font-size:.85rem;color:var(--soft)}
input,select,button{font:inherit;color:var(--fg);background:var(--bg);border:1px solid var(--soft);border-radius:4px;padding:4px 8px;max-width:16rem}
button{cursor:pointer}
#found{margin:6px 0 0;font-size:.9rem}
ul.items{list-style:none;padding:0;margin:0}
ul.items>li{padding:5px 0 5px 10px;border-left:5px solid var(--line);margin:4px 0;overflow-wrap:anywhere}
li.outage,li.destroyed,li.critical,li.high{border-color:var(--bad)!important}
li.replaced{border-color:var(--rep)!important}
li.widened,li.narrowed,li.changed,li.medium,li.low{border-color:var(--warn)!important}
li.created{border-color:var(--good)!important}
.tag{font-weight:700;font-size:.85em;margin-right:.5em;white-space:nowrap}
.outage .tag,.destroyed .tag,.critical .tag,.high .tag,.delete .tag{color:var(--bad)}
.replaced .tag,.replace .tag{color:var(--rep)}
.widened .tag,.narrowed .tag,.changed .tag,.medium .tag,.low .tag,.update .tag{color:var(--warn)}
.created .tag,.create .tag{color:var(--good)}
.s{content-visibility:auto;contain-intrinsic-size:auto 34px}
details{border:1px solid var(--line);border-radius:4px;margin:6px 0}
summary{cursor:pointer;padding:5px 10px;overflow-wrap:anywhere}
details>:not(summary){margin:6px 10px}
.r{border-top:1px solid var(--line);padding:6px 0}
.r ul{margin:2px 0;padding-left:1.4em}
.picture{overflow:auto;border:1px solid var(--line);max-height:80vh}
.picture svg{display:block}
[hidden]{display:none!important}
@media print{form,.skip,nav{display:none}.s{content-visibility:visible}.picture{max-height:none;overflow:visible}.picture svg{max-width:100%;height:auto}details::details-content{content-visibility:visible;display:block}body{font-size:10pt}h2{break-before:page}h2:first-of-type{break-before:auto}}`;
