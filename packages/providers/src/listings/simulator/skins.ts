import type { Skin, SkinName } from './site-types.ts'
import { initialState } from './skins/initial-state.ts'
import { jsonld, jsonldBare } from './skins/jsonld.ts'
import { nextData } from './skins/next-data.ts'
import { plainRtl } from './skins/plain-rtl.ts'
import { pvrJson } from './skins/pvr-json.ts'
import { savoy } from './skins/savoy.ts'
import { ticketnewClassic } from './skins/ticketnew-classic.ts'

export const SKIN: Record<SkinName, Skin> = {
  'ticketnew-classic': ticketnewClassic,
  'next-data': nextData,
  'initial-state': initialState,
  'pvr-json': pvrJson,
  jsonld,
  'jsonld-bare': jsonldBare,
  savoy,
  'plain-rtl': plainRtl,
}
