// Loaded before a server of ours (node --import): when the launcher is gone, killed or not, the server ends as if asked to.
const parent = process.ppid
setInterval(() => process.ppid !== parent && process.kill(process.pid, 'SIGTERM'), 500).unref()
