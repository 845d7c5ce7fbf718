/** Where the bare fan-out server hears what to say. */
export const RAW_CHANNEL = 'bench:raw-sockets'
