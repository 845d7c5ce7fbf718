import type { CapturedMessage } from '@marquee/contracts/outbox'
import { Paperclip } from 'lucide-react'
import { useState } from 'react'
import { Segmented } from '../../../components/ui/segmented.tsx'
import { formatMoment, midSentence } from '../../../lib/format.ts'
import { attachmentHref } from '../queries.ts'

const channels = { email: 'Email', sms: 'Text message', call: 'Phone call' } as const

function size(bytes: number): string {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(bytes < 10_240 ? 1 : 0)} kB`
}

/** The message as its reader gets it. Its HTML runs in a frame that may do nothing: no scripts, no forms, no origin. */
export function MessageView({ message }: { message: CapturedMessage }) {
  const [as, setAs] = useState<'html' | 'text'>('html')
  const html = message.html
  return (
    <article aria-labelledby="message" className="min-w-0">
      <h2 id="message" className="text-26">
        {message.subject ?? channels[message.channel]}
      </h2>
      <p className="wrap-anywhere mt-1 mb-4 text-14 text-muted">
        {channels[message.channel]} to {message.recipient},{' '}
        <time dateTime={message.createdAt} className="whitespace-nowrap">
          {midSentence(formatMoment(message.createdAt))}:{new Date(message.createdAt).toTimeString().slice(6, 8)}
        </time>
      </p>
      {message.attachments.length > 0 && (
        <ul className="mb-4 flex flex-wrap gap-2">
          {message.attachments.map((file, index) => (
            <li key={file.filename}>
              <a
                href={attachmentHref(message.id, index)}
                download={file.filename}
                className="inline-flex min-h-11 items-center gap-2 rounded-control border border-control px-3.5 text-14 hover:border-text"
              >
                <Paperclip aria-hidden="true" className="size-4" />
                {file.filename} <span className="text-muted">{size(file.sizeBytes)}</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {html !== null && (
        <Segmented
          label="Show as"
          value={as}
          options={[
            { value: 'html', label: 'As designed' },
            { value: 'text', label: 'Plain text' },
          ]}
          onChange={setAs}
          className="mb-4"
        />
      )}
      {html !== null && as === 'html' ? (
        <iframe
          title={`Message: ${message.subject ?? message.recipient}`}
          sandbox=""
          srcDoc={html}
          className="h-[46rem] w-full rounded-card border border-line bg-white"
        />
      ) : (
        <pre className="whitespace-pre-wrap rounded-card border border-line bg-raised p-5 font-sans">
          {message.text}
        </pre>
      )}
    </article>
  )
}
