import { BlockList, isIP } from 'node:net'

/** Special ranges by the registries of IANA, and those in which clouds keep machines of their own. */
const CLOSED_V4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  // Shared by carriers; one cloud keeps its metadata there.
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['168.63.129.16', 32],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.31.196.0', 24],
  ['192.52.193.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['192.175.48.0', 24],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Inside 2000::/3, the only part of IPv6 that is given out; tunnels among them, which lead to any IPv4 address. */
const CLOSED_V6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['2620:4f:8000::', 48],
  ['3ffe::', 16],
  ['3fff::', 20],
]

const closedV4 = new BlockList()
for (const [net, bits] of CLOSED_V4) closedV4.addSubnet(net, bits, 'ipv4')
const openV6 = new BlockList()
openV6.addSubnet('2000::', 3, 'ipv6')
const closedV6 = new BlockList()
for (const [net, bits] of CLOSED_V6) closedV6.addSubnet(net, bits, 'ipv6')

/**
 * Whether a machine on the open internet can have this address. For IPv6 it is a list of what may be, so that mapped
 * IPv4, NAT64, link-local with a zone and whatever is invented next are closed without being named.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !closedV4.check(address, 'ipv4')
  if (family === 6 && !address.includes('%')) return openV6.check(address, 'ipv6') && !closedV6.check(address, 'ipv6')
  return false
}
