import type { ReactNode } from 'react'
import { Link } from 'react-router'
import { usePageTitle } from '../lib/page-title.ts'
import { paths } from '../lib/paths.ts'

const ROBOTS = `User-agent: MarqueeBot
Disallow: /`

/** Who reads the pages of cinemas for Marquee, for whoever found its name in a log. */
export function BotPage() {
  usePageTitle('Our reader')
  return (
    <div className="wrap max-w-3xl! pt-6 pb-16 sm:pt-10">
      <h1 className="text-34 sm:text-48">MarqueeBot, our reader</h1>
      <p className="mt-4 text-20 text-muted">
        You found <code className="rounded-[4px] bg-raised px-1.5 py-0.5 font-mono text-16 text-text">MarqueeBot</code>{' '}
        in your logs, or wonder how Marquee knows that booking has opened. This is the whole of it.
      </p>
      <Part title="What it is for">
        <p>
          People ask Marquee to call them when booking opens for a film. So that they need not press reload for days,
          one reader looks for all of them: however many wait for a film, a page is asked for once.
        </p>
      </Part>
      <Part title="What it reads">
        <p>
          Public pages that list films and their showings, and nothing else. It does not sign in, fill in forms, hold
          seats, buy, solve puzzles or hide who it is. It keeps what was shown to it only as proof of what it told
          people, and for some days.
        </p>
        <p>
          A site is read only after somebody at Marquee has switched it on and written down why that is permitted. Most
          that we know how to read are switched off.
        </p>
      </Part>
      <Part title="How often">
        <ul className="flex list-disc flex-col gap-1.5 pl-5">
          <li>One request at a time to one site, with at least ten seconds between two.</li>
          <li>A daily budget for each site; when it is spent, that was it until tomorrow.</li>
          <li>
            Every few hours for films that are far off, every ten minutes in the week in which they open, and every
            minute only around a time of sale that the site itself has announced.
          </li>
          <li>Pages that have not changed are not sent again: it says what it has, and takes “not modified”.</li>
          <li>
            Told to wait, it waits as long as it was told. Refused, it stays away: for a quarter of an hour first, then
            for hours, then for a day.
          </li>
        </ul>
      </Part>
      <Part title="How to shut it out">
        <p>
          It obeys <code className="font-mono text-14">robots.txt</code>, the delay between requests that is asked for
          there included. To be left alone altogether:
        </p>
        <pre className="overflow-x-auto rounded-card border border-line bg-raised px-5 py-4 font-mono text-14">
          {ROBOTS}
        </pre>
        <p>
          It is read again within a day. An answer of 403 or 429 to everything works as well, and at once: it backs off,
          and does not try another way in.
        </p>
      </Part>
      <Part title="How to know it">
        <p>
          Every request carries a user agent that begins with <code className="font-mono text-14">MarqueeBot</code> and
          ends with the address of this page. Whatever comes without it is not ours.
        </p>
      </Part>
      <p className="mt-10 text-muted">
        Waiting for a film yourself?{' '}
        <Link to={paths.alertMe()} className="font-semibold text-marquee-text underline underline-offset-2">
          Have Marquee call you
        </Link>
        .
      </p>
    </div>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="mt-9">
      <h2 className="mb-3 text-26">{title}</h2>
      <div className="flex max-w-[65ch] flex-col gap-3">{children}</div>
    </section>
  )
}
