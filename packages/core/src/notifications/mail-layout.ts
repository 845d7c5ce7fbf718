export const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)

/** One line, whatever a title holds: a subject is a header. */
export const subjectLine = (text: string) => text.replace(/\s+/g, ' ').trim().slice(0, 200)

export type MailPage = {
  /** Shown by mail boxes beside the subject. */
  preview: string
  heading: string
  /** HTML, escaped already. */
  body: string
  /** Why this person gets this mail, as text. */
  reason: string
}

/**
 * The frame of every mail: one column of tables and inline styles, because mail programs know little else. Both colour
 * schemes are declared; programs that only invert find a ground and a text colour that survive it.
 */
export const mailPage = ({ preview, heading, body, reason }: MailPage) => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(heading)}</title>
<style>
  :root { color-scheme: light dark; supported-color-schemes: light dark }
  @media (prefers-color-scheme: dark) {
    .ground { background: #14110f !important }
    .card { background: #1e1a17 !important; border-color: #3a332c !important }
    .text { color: #f4efe6 !important }
    .muted { color: #b5a99a !important }
    .rule { border-color: #3a332c !important }
    .link { color: #ffb224 !important }
  }
</style>
</head>
<body class="ground" style="margin:0;padding:0;background:#fbf7f0">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preview)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" class="ground" style="background:#fbf7f0"><tr><td align="center" style="padding:24px 12px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="max-width:560px">
<tr><td class="text" style="padding:0 4px 16px;font:700 20px/1.2 Georgia,'Times New Roman',serif;color:#1b1613">Marquee</td></tr>
<tr><td class="card" style="padding:28px 24px;background:#ffffff;border:1px solid #e6ddd0;border-radius:12px;overflow-wrap:anywhere;word-break:break-word">
<h1 class="text" style="margin:0 0 16px;font:700 24px/1.25 Arial,Helvetica,sans-serif;color:#1b1613">${escapeHtml(heading)}</h1>
${body}
</td></tr>
<tr><td class="muted" style="padding:16px 4px;font:13px/1.5 Arial,Helvetica,sans-serif;color:#6a5d50;overflow-wrap:anywhere;word-break:break-word">${withLinks(reason)}</td></tr>
</table>
</td></tr></table>
</body>
</html>
`

/** Addresses in it can be pressed; what only programs read of them is not shown. */
const withLinks = (text: string) =>
  text
    .split(/(https?:\/\/\S*[^\s.,)])/)
    .map((part, index) =>
      index % 2 === 0
        ? escapeHtml(part)
        : `<a class="link" href="${escapeHtml(part)}" style="color:#8a5300">${escapeHtml(part.replace(/^https?:\/\//, '').replace(/[?#].*$/, ''))}</a>`,
    )
    .join('')

/** A paragraph of plain text. */
export const paragraph = (text: string, tone: 'text' | 'muted' = 'text') =>
  `<p class="${tone}" style="margin:0 0 16px;font:16px/1.5 Arial,Helvetica,sans-serif;color:${tone === 'text' ? '#1b1613' : '#6a5d50'}">${escapeHtml(text)}</p>`

/** Names and values, one pair a row. */
export const facts = (rows: [name: string, value: string][]) =>
  `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" style="margin:0 0 20px">${rows
    .map(
      ([name, value]) => `<tr>
<td class="muted rule" valign="top" style="padding:8px 12px 8px 0;border-top:1px solid #e6ddd0;font:14px/1.4 Arial,Helvetica,sans-serif;color:#6a5d50;overflow-wrap:normal;word-break:normal">${escapeHtml(name)}</td>
<td class="text rule" valign="top" align="right" style="padding:8px 0;border-top:1px solid #e6ddd0;font:16px/1.4 Arial,Helvetica,sans-serif;color:#1b1613">${escapeHtml(value)}</td></tr>`,
    )
    .join('')}</table>`

export const button = (href: string, label: string) =>
  `<p style="margin:0 0 20px"><a href="${escapeHtml(href)}" style="display:inline-block;padding:14px 22px;border-radius:6px;background:#ffb224;color:#1a1205;font:700 16px/1 Arial,Helvetica,sans-serif;text-decoration:none">${escapeHtml(label)}</a></p>`
