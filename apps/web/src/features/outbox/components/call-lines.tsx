import type { DevCall } from '@marquee/contracts/carrier'
import { useEffect, useRef } from 'react'
import { formatSecond, linesOf } from '../call-words.ts'

/** What is said, as it is said, and what was pressed. */
export function CallLines({ call }: { call: DevCall }) {
  const lines = linesOf(call)
  const end = useRef<HTMLDivElement>(null)
  const count = lines.length
  useEffect(() => {
    const box = end.current
    if (box && count > 0) box.scrollTop = box.scrollHeight
  }, [count])
  return (
    <div
      ref={end}
      role="log"
      aria-label="What is said"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by whoever has only a keyboard
      tabIndex={0}
      className="mt-3 max-h-44 min-h-24 sm:max-h-64 flex-1 overflow-y-auto rounded-control"
    >
      {count === 0 && (
        <p className="text-center text-14 text-muted">
          {call.state === 'in-progress' ? 'The line is open …' : 'Nothing was said.'}
        </p>
      )}
      <ol className="flex flex-col gap-2">
        {lines.map((line) => (
          <li
            key={`${line.at}-${line.text}`}
            className={
              line.kind === 'said'
                ? 'mr-6 self-start rounded-card rounded-bl-[4px] bg-ground px-3.5 py-2.5'
                : 'ml-6 self-end rounded-card rounded-br-[4px] border border-marquee-text px-3.5 py-2'
            }
          >
            {line.kind === 'said' ? (
              <span className="wrap-anywhere block">{line.text}</span>
            ) : (
              <span className="block">
                You pressed <b className="font-semibold">{line.text}</b>
                {!line.taken && <span className="text-muted">, and Marquee was not listening</span>}
              </span>
            )}
            <time dateTime={line.at} className="mt-0.5 block text-12 text-muted">
              {formatSecond(line.at)}
            </time>
          </li>
        ))}
      </ol>
    </div>
  )
}
