import type { CapturedMessage } from '@marquee/contracts/outbox'
import { clsx } from 'clsx'
import { Mail, MessageSquareText, Paperclip, Phone } from 'lucide-react'
import { spacedNumber } from '../call-words.ts'

const icons = { email: Mail, sms: MessageSquareText, call: Phone } as const

interface MessageListProps {
  messages: readonly CapturedMessage[]
  openId: string
  onChoose: (id: string) => void
}

export function MessageList({ messages, openId, onChoose }: MessageListProps) {
  return (
    <ul
      aria-label="Messages"
      className="max-h-[34rem] self-start overflow-y-auto rounded-card border border-line max-lg:max-h-72"
    >
      {messages.map((message) => {
        const Icon = icons[message.channel]
        return (
          <li key={message.id} className="border-line not-last:border-b">
            <button
              type="button"
              aria-current={message.id === openId ? 'true' : undefined}
              onClick={() => onChoose(message.id)}
              className={clsx(
                'flex w-full gap-3 px-4 py-3 text-left -outline-offset-2 hover:bg-raised',
                message.id === openId && 'bg-raised shadow-[inset_3px_0_0_var(--marquee-text)]',
              )}
            >
              <Icon aria-hidden="true" className="mt-0.5 size-4.5 shrink-0 text-muted" />
              <span className="min-w-0 flex-1">
                <span className="block truncate font-medium">{message.subject ?? message.text}</span>
                <span className="block truncate text-14 text-muted">{spacedNumber(message.recipient)}</span>
              </span>
              {message.attachments.length > 0 && (
                <Paperclip aria-label="With an attachment" className="mt-1 size-4 shrink-0 text-muted" />
              )}
            </button>
          </li>
        )
      })}
    </ul>
  )
}
