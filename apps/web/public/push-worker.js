// Shows what Marquee sends while no page of it is open, and opens the page it is about. It caches nothing.
self.addEventListener('install', () => self.skipWaiting())
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()))

self.addEventListener('push', (event) => {
  let message = {}
  try {
    message = event.data?.json() ?? {}
  } catch {
    // A browser that is woken must show something, or it withdraws the permission.
  }
  event.waitUntil(
    self.registration.showNotification(message.title || 'Marquee', {
      body: message.body || 'There is news about a film you wait for.',
      tag: message.tag,
      icon: '/icon.svg',
      data: { url: message.url || '/alerts' },
      requireInteraction: true,
    }),
  )
})

self.addEventListener('notificationclick', (event) => {
  event.notification.close()
  const target = new URL(event.notification.data?.url || '/alerts', self.location.origin)
  // Whatever was sent, only a page of this site is opened.
  const url = target.origin === self.location.origin ? target.href : `${self.location.origin}/alerts`
  event.waitUntil(openPage(url))
})

async function openPage(url) {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true })
  const open = windows.find((client) => client.url === url)
  return open ? open.focus() : self.clients.openWindow(url)
}
