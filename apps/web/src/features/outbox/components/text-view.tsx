import type { DevText } from '@marquee/contracts/carrier'
import type { CapturedMessage } from '@marquee/contracts/outbox'
import { measureSms } from '@marquee/contracts/sms-segments'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, Fragment, useState } from 'react'
import { Badge } from '../../../components/ui/badge.tsx'
import { Button } from '../../../components/ui/button.tsx'
import { Field, Input } from '../../../components/ui/field.tsx'
import { formatMoment, midSentence, plural } from '../../../lib/format.ts'
import { replyToText } from '../api.ts'
import { spacedNumber } from '../call-words.ts'
import { textsQuery } from '../queries.ts'
import { Receipts } from './call-facts.tsx'

const URL_IN_TEXT = /(https?:\/\/[^\s]+)/

/** A text as its reader gets it, what it was paid as, and a way to write back as they would. */
export function TextView({ message, onReply }: { message: CapturedMessage; onReply: () => void }) {
  const books = useQuery(textsQuery)
  const known = books.data?.items.find(({ id }) => id === message.id)
  const { encoding, units, segments } = measureSms(message.text)
  return (
    <article aria-labelledby="message" className="min-w-0">
      <h2 id="message" className="text-26">
        Text message
      </h2>
      <p className="wrap-anywhere mt-1 mb-4 text-14 text-muted">
        To {spacedNumber(message.recipient)}, {midSentence(formatMoment(message.createdAt))}
      </p>
      <div className="grid gap-8 md:grid-cols-[21rem_minmax(0,1fr)]">
        <div className="mx-auto flex min-h-88 w-full max-w-84 flex-col rounded-[2.25rem] border border-control bg-raised p-5">
          <span aria-hidden="true" className="mx-auto mb-4 h-1.5 w-16 rounded-full bg-line" />
          <p className="mb-4 text-center text-12 text-muted">Marquee{known && ` · ${known.from}`}</p>
          <p className="wrap-anywhere mr-4 self-start whitespace-pre-wrap rounded-card rounded-bl-[4px] bg-ground px-4 py-3">
            {message.text.split(URL_IN_TEXT).map((part, index) =>
              index % 2 === 0 ? (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
                <Fragment key={index}>{part}</Fragment>
              ) : (
                // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of one text never change places
                <a key={index} href={part} className="text-marquee-text underline underline-offset-2">
                  {part}
                </a>
              ),
            )}
          </p>
          {known && <Reply text={known} onReply={onReply} />}
        </div>
        <div className="text-14">
          <p className="flex flex-wrap gap-2">
            <Badge>{plural(segments, 'segment')}</Badge>
            <Badge>{encoding === 'gsm7' ? 'GSM-7' : 'Unicode'}</Badge>
            {known && <Badge tone={known.status === 'delivered' ? 'ok' : 'neutral'}>{known.status}</Badge>}
          </p>
          <p className="mt-2 text-muted">
            {units} of {room(encoding, segments)} places taken.
            {known && (known.template ? ` Template ${known.template}.` : ' Sent without a registered template.')}
          </p>
          {known && <Receipts receipts={known.receipts} />}
        </div>
      </div>
    </article>
  )
}

/** How much these many texts hold: parts of a long one lose some of their places to the numbering. */
function room(encoding: 'gsm7' | 'ucs2', segments: number): number {
  const [alone, part] = encoding === 'gsm7' ? [160, 153] : [70, 67]
  return segments === 1 ? alone : part * segments
}

function Reply({ text, onReply }: { text: DevText; onReply: () => void }) {
  const client = useQueryClient()
  const [words, setWords] = useState('')
  const reply = useMutation({
    onMutate: onReply,
    mutationFn: (said: string) => replyToText(text.id, said),
    onSuccess: () => {
      setWords('')
      return Promise.all([['outbox'], ['dev-texts']].map((queryKey) => client.invalidateQueries({ queryKey })))
    },
  })
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (words.trim()) reply.mutate(words.trim())
  }
  return (
    <div className="mt-auto pt-6">
      {reply.isSuccess && (
        <p className="mb-3 ml-10 self-end rounded-card rounded-br-[4px] border border-marquee-text px-4 py-2.5">
          {reply.variables}
        </p>
      )}
      <p role="status" className="mb-2 text-14 text-muted empty:hidden">
        {reply.isSuccess && 'Sent. What Marquee answers is the next text.'}
      </p>
      <form onSubmit={send} className="flex flex-col gap-2">
        <Field label="Write back">
          <Input
            value={words}
            onChange={(event) => setWords(event.target.value)}
            maxLength={480}
            autoComplete="off"
            placeholder="STOP, or anything"
          />
        </Field>
        <div className="flex flex-wrap gap-2">
          {['STOP', 'START'].map((word) => (
            <Button
              key={word}
              size="sm"
              className="min-h-11"
              disabled={reply.isPending}
              onClick={() => reply.mutate(word)}
            >
              {word}
            </Button>
          ))}
          <Button type="submit" size="sm" variant="primary" className="ml-auto min-h-11" busy={reply.isPending}>
            Send
          </Button>
        </div>
      </form>
      <p role="alert" className="mt-2 text-14 text-danger empty:hidden">
        {reply.error?.message}
      </p>
    </div>
  )
}
