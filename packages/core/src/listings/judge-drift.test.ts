import { expect, test } from 'vitest'
import { judgeDrift } from './judge-drift.ts'

test.each([
  [{ watches: 100, changed: 33, justChanged: false, openedAfterChange: 0 }, false],
  [{ watches: 100, changed: 34, justChanged: false, openedAfterChange: 0 }, true],
  [{ watches: 6, changed: 5, justChanged: false, openedAfterChange: 0 }, false],
  [{ watches: 6, changed: 6, justChanged: false, openedAfterChange: 0 }, true],
  [{ watches: 18, changed: 6, justChanged: false, openedAfterChange: 0 }, false],
  [{ watches: 17, changed: 6, justChanged: false, openedAfterChange: 0 }, true],
  [{ watches: 500, changed: 0, justChanged: true, openedAfterChange: 2 }, false],
  [{ watches: 500, changed: 3, justChanged: true, openedAfterChange: 3 }, true],
])('%j freezes: %s', (drift, freezes) => expect(judgeDrift(drift) !== null).toBe(freezes))
