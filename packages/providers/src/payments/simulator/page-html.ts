export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** `title` is plain text, `content` is HTML, `refresh` is in seconds. */
export const renderPage = (page: {
  title: string
  content: string
  stylesheet: string
  refresh?: number
}) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
${page.refresh ? `<meta http-equiv="refresh" content="${page.refresh}">\n` : ''}<title>${escapeHtml(page.title)} · Test Payments</title>
<link rel="stylesheet" href="${escapeHtml(page.stylesheet)}">
</head>
<body>
<header><strong>Test Payments</strong><span>development gateway · no real money moves</span></header>
<main>
<h1>${escapeHtml(page.title)}</h1>
${page.content}
</main>
</body>
</html>
`

/** Plain and grey on purpose: nobody should take it for a part of the shop. */
export const STYLESHEET = `
:root { color-scheme: light dark; --ground: #eef1f4; --card: #fff; --text: #17202a; --muted: #53606d; --line: #7b8794; --main: #1f4fd8; --on-main: #fff; --bad: #9b1c1c; --bad-ground: #fdecec }
@media (prefers-color-scheme: dark) { :root { --ground: #12161b; --card: #1b2129; --text: #edf1f5; --muted: #a7b3bf; --line: #75818d; --main: #8fb0ff; --on-main: #0b1a40; --bad: #ffb4ab; --bad-ground: #3a1a1a } }
* { box-sizing: border-box }
body { margin: 0; background: var(--ground); color: var(--text); font: 16px/1.5 system-ui, sans-serif }
header { display: flex; flex-wrap: wrap; gap: 4px 12px; padding: 12px 20px; background: var(--card); border-bottom: 1px solid var(--line) }
header span, .other span { color: var(--muted) }
main { max-width: 440px; margin: 24px auto; padding: 20px; background: var(--card); border-radius: 8px }
h1 { margin: 0 0 16px; font-size: 24px; line-height: 1.25 }
h2 { margin: 20px 0 4px; font-size: 16px; font-weight: 600; color: var(--muted) }
dl { margin: 0 0 20px }
dl div { display: flex; justify-content: space-between; gap: 16px; padding: 6px 0 }
dt { color: var(--muted) }
dd { margin: 0; text-align: right; overflow-wrap: anywhere }
.amount { font-weight: 700; font-variant-numeric: tabular-nums }
form { display: grid; gap: 10px }
button { display: grid; gap: 2px; width: 100%; min-height: 52px; padding: 10px 16px; border: 1px solid var(--line); border-radius: 6px; background: transparent; color: var(--text); font: inherit; text-align: left; cursor: pointer }
button span { font-size: 14px }
.main { background: var(--main); border-color: var(--main); color: var(--on-main) }
:focus-visible { outline: 3px solid var(--main); outline-offset: 2px }
.notice { padding: 10px 14px; border-radius: 6px; background: var(--bad-ground); color: var(--bad) }
.link { display: inline-block; padding: 10px 0; color: var(--main) }
`
