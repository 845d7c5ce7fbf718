import { expect, test } from 'vitest'
import { trailerSource } from './trailer-source.ts'

test.each([
  'https://www.youtube.com/watch?v=abcDEF_1234&t=3',
  'https://youtu.be/abcDEF_1234',
  'https://m.youtube.com/shorts/abcDEF_1234',
  'https://www.youtube-nocookie.com/embed/abcDEF_1234',
])('%s plays in the frame that keeps no cookies', (url) => {
  expect(trailerSource(url)).toEqual({
    kind: 'frame',
    src: 'https://www.youtube-nocookie.com/embed/abcDEF_1234?autoplay=1&rel=0',
  })
})

test('another site is a link, never a frame', () => {
  expect(trailerSource('https://example.org/t.mp4')).toEqual({ kind: 'link', href: 'https://example.org/t.mp4' })
  expect(trailerSource('https://youtube.com.evil.example/watch?v=abcDEF_1234')).toMatchObject({ kind: 'link' })
})

test('no trailer, no address, no script', () => {
  expect(trailerSource(null)).toBeNull()
  expect(trailerSource('soon')).toBeNull()
  expect(trailerSource('javascript:alert(1)')).toBeNull()
})
