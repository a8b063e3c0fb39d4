/** Light and dark by the reader's system; usable from 390 pixels; on paper everything is open and black on white. */
export const HTML_STYLE = `
:root{color-scheme:light dark;--bg:light-dark(#fff,#14171a);--fg:light-dark(#1b1f23,#e4e7ea);--dim:light-dark(#5b6570,#9aa5b1);--line:light-dark(#d9dee3,#333a41);--card:light-dark(#f5f7f9,#1d2126);--bad:light-dark(#b3141d,#ff7b72);--warn:light-dark(#8a5a00,#e3b341);--good:light-dark(#1a6b34,#56d364);--worst:light-dark(#8a1580,#e58ce0)}
*{box-sizing:border-box}
body{margin:0;padding:1rem;background:var(--bg);color:var(--fg);font:15px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:82rem;margin:auto}
h1{font-size:1.5rem;margin:.2rem 0}h2{margin:1.6rem 0 .6rem;font-size:1.15rem}h4{margin:.9rem 0 .2rem}
small{color:var(--dim)}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));gap:.6rem;margin:1rem 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:.6rem .8rem}
.tile b{display:block;font-size:1.6rem;line-height:1.2}
.bad b,.yes,.high,.attacked,.tampered{color:var(--bad)}.executed,.critical{color:var(--worst)}
.not-visible,.medium,.exposed,.unknown{color:var(--warn)}.no,.closed{color:var(--good)}
.rung,.severity,.yes,.mark{font-weight:700}
.controls{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.5rem 0}
input,select,button{font:inherit;color:inherit;background:var(--card);border:1px solid var(--line);border-radius:.35rem;padding:.3rem .6rem}
input{flex:1 1 12rem;min-width:0}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:.5rem}
table{border-collapse:collapse;width:100%}td,th{padding:.3rem .45rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line)}
.list th,.list td,.answers th,.answers td:nth-child(2){white-space:nowrap}.list td:first-child,.list td:last-child{white-space:normal}.list td:first-child{min-width:min(13.5rem,45vw)}.list td:last-child{min-width:12rem}.word{font-weight:700;white-space:nowrap}
th button{border:0;background:none;padding:0;font-weight:700;cursor:pointer}
details.server{border:1px solid var(--line);border-radius:.5rem;margin:.5rem 0;padding:.5rem .8rem;background:var(--card)}
summary{cursor:pointer}
.finding{border-top:1px solid var(--line);margin-top:.6rem}.finding p{margin:.2rem 0;white-space:pre-line}.accepted{color:var(--warn)}
.copy{display:flex;gap:.5rem;align-items:start;margin:.2rem 0}.copy code{flex:1;background:var(--bg);border:1px solid var(--line);border-radius:.3rem;padding:.2rem .5rem;white-space:pre-wrap}
code{font:13px/1.5 ui-monospace,monospace}
a{color:inherit}
@media (max-width:600px){.answers,.answers tbody,.answers tr{display:block}.answers td,.answers th{display:inline-block;border:0;padding:.1rem .5rem .1rem 0}.answers tr{border-bottom:1px solid var(--line)}}
@media print{:root{color-scheme:light}.controls,.copy button,#more{display:none}details.server{break-inside:avoid-page;background:none}}
`;
