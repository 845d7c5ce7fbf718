// Loads what the API and the worker are made of and ends, so that Node's compile cache has it.
import '../../apps/api/src/app.ts'
import '../../apps/worker/src/handlers.ts'

process.exit(0)
