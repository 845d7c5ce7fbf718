// Runs before the first paint so that a chosen theme never flashes the other one. A file, because the
// content security policy allows no inline script. Without a choice the style sheet follows the system.
try {
  const theme = localStorage.getItem('mq.theme')
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme
} catch {
  // No storage: the system decides.
}
