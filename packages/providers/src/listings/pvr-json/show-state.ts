import type { Bookability } from '../reading/decide.ts'
import { at, type JsonObject, numberOf, textOf } from '../reading/json-value.ts'

/** What the site writes beside the state of each showing: its label, its colour and the key to its seats. */
const LABELS = ['statusTxt', 'statusCode', 'encrypted']
const FOR = /available|filling|fast/i
const AGAINST = /sold[ -]?out|house ?full|lapsed|closed|coming soon|not available|unavailable/i

export const isLabelled = (show: unknown) => LABELS.some((key) => at(show, key) !== undefined)

const noneLeft = (show: JsonObject) => show.soldOut === true || numberOf(show.availableSeats) === 0

/**
 * With labels, 1 (green) and 2 (yellow) are the ones that people can press, 0 is grey and everything above is sold out.
 * Answers without any label mean the opposite by 0 and 1: there only 0 is drawn, 1 is a phantom that nobody ever sees. Null:
 * no showing at all.
 */
export function stateOf(show: JsonObject, labelled: boolean): Bookability | null {
  const status = typeof show.status === 'boolean' ? null : numberOf(show.status)
  if (!labelled) {
    // Of the others the page knows at most that they are sold out, and of 1 not even that.
    if (status !== null && status !== 0 && (status === 1 || !noneLeft(show))) return null
    return noneLeft(show) ? 'sold-out' : status === 0 ? 'bookable' : 'unclear'
  }
  if (noneLeft(show) || status === 3) return 'sold-out'
  const label = textOf(show.statusTxt) ?? ''
  const objects = AGAINST.test(label)
  const lacksKey = 'encrypted' in show && textOf(show.encrypted) === null
  // Grey, and yet called available with its key beside it: of the two meanings of 0 nobody can say which. Nothing follows.
  if (status === 0) return FOR.test(label) && !objects && !lacksKey ? 'unclear' : 'closed'
  if (status !== 1 && status !== 2) return 'unclear'
  // A label may only object: labels lag behind in both directions. Without the key nobody gets to the seats.
  return objects || lacksKey ? 'unclear' : 'bookable'
}
