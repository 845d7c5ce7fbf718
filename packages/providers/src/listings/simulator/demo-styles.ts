/** The cinema's own face: a small house with lamps, nothing like the shop. */
export const SITE_STYLE = `
:root { color-scheme: light dark; --ground: #faf6ee; --ink: #2b2118; --muted: #6f6152; --line: #d9ccb6; --lamp: #8a4b08; --on-lamp: #fff }
@media (prefers-color-scheme: dark) { :root { --ground: #17120c; --ink: #f6ecdc; --muted: #b9a88f; --line: #4a3d2c; --lamp: #f2b24a; --on-lamp: #241603 } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--ink); font: 17px/1.55 Georgia, 'Times New Roman', serif }
header { display: flex; flex-wrap: wrap; gap: 8px 20px; padding: 18px max(20px, calc(50vw - 400px)); border-bottom: 3px double var(--line) }
header a:first-child { font-weight: 700; letter-spacing: 0.02em }
main, body > ul, body > h1 { max-width: 800px; margin: 24px auto; padding: 0 20px }
h1 { font-size: 34px; line-height: 1.15; margin: 0 0 8px }
h2 { font-size: 18px; margin: 28px 0 8px; padding-bottom: 4px; border-bottom: 1px solid var(--line) }
h3 { font-size: 16px; margin: 12px 0 6px; color: var(--muted); font-weight: 400 }
a { color: var(--lamp) }
ul { padding-left: 20px }
li { padding: 4px 0 }
.performance-button { display: inline-block; min-width: 96px; margin: 0 6px 8px 0; padding: 9px 14px; border: 1px solid var(--lamp); border-radius: 4px; text-align: center; text-decoration: none }
a.performance-button { background: var(--lamp); color: var(--on-lamp) }
span.performance-button { border-color: var(--line); color: var(--muted) }
:focus-visible { outline: 3px solid var(--lamp); outline-offset: 2px }
`

/** Plain and grey on purpose, as the test payment page: nobody should take it for a part of the shop. */
export const CONTROL_STYLE = `
:root { color-scheme: light dark; --ground: #eef1f4; --card: #fff; --text: #17202a; --muted: #53606d; --line: #7b8794; --soft: #d3dae1; --main: #1f4fd8; --on-main: #fff; --good: #10693d; --warn: #8a4b08; --bad: #9b1c1c }
@media (prefers-color-scheme: dark) { :root { --ground: #12161b; --card: #1b2129; --text: #edf1f5; --muted: #a7b3bf; --line: #75818d; --soft: #343d47; --main: #8fb0ff; --on-main: #0b1a40; --good: #7fdcaa; --warn: #f2b96b; --bad: #ffb4ab } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 4px 12px; padding: 12px 20px; background: var(--card); border-bottom: 1px solid var(--line) }
header span { color: var(--muted) }
main { max-width: 880px; margin: 24px auto; padding: 0 20px 40px }
h1 { margin: 0 0 4px; font-size: 26px; line-height: 1.25 }
h2 { margin: 32px 0 10px; font-size: 20px }
h3 { margin: 0; font-size: 17px }
p { margin: 0 0 12px; color: var(--muted) }
nav { display: flex; flex-wrap: wrap; gap: 8px; margin: 16px 0 }
nav a { min-height: 44px; padding: 9px 16px; border: 1px solid var(--line); border-radius: 22px; color: var(--text); text-decoration: none }
nav a[aria-current] { background: var(--main); border-color: var(--main); color: var(--on-main) }
ul { display: grid; gap: 10px; margin: 0; padding: 0; list-style: none }
.film { display: grid; gap: 10px; padding: 14px 16px; background: var(--card); border-radius: 8px }
.what { display: flex; flex-wrap: wrap; gap: 4px 16px }
@media (min-width: 640px) { .what > :last-child { margin-left: auto } }
.what span { color: var(--muted) }
.state { font-weight: 600 }
.what .open { color: var(--good) } .what .announced { color: var(--main) } .what .sold-out { color: var(--warn) }
form { display: flex; flex-wrap: wrap; gap: 8px }
main > form { margin-top: 16px }
button { min-height: 44px; padding: 8px 14px; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: var(--text); font: inherit; cursor: pointer }
button.main { background: var(--main); border-color: var(--main); color: var(--on-main) }
button:hover { border-color: var(--text) }
.faults { grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)) }
.faults form { height: 100% }
.faults button { width: 100%; height: 100%; text-align: left; display: grid; gap: 2px; background: var(--card) }
.faults button span { font-size: 14px; color: var(--muted) }
.faults button[aria-pressed=true] { border: 2px solid var(--bad); padding: 7px 13px }
.faults button[aria-pressed=true] strong::after { content: ' · on'; color: var(--bad) }
.notice { padding: 10px 14px; border-left: 4px solid var(--main); background: var(--card); border-radius: 4px; color: var(--text) }
a { color: var(--main) }
table { width: 100%; border-collapse: collapse; background: var(--card); border-radius: 8px }
td { padding: 8px 16px; border-top: 1px solid var(--soft) } tr:first-child td { border-top: 0 } td:last-child { text-align: right; font-variant-numeric: tabular-nums }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
`
