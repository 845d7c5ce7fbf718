import { describe, expect, test } from 'vitest'
import { soldOutTexts } from './sold-out-text.ts'
import { openHtml } from './visible-text.ts'

const text = (html: string) => {
  const dom = openHtml(`<html><body>${html}</body></html>`)
  return dom.textIn(dom.$('body')[0]!)
}

describe('what people read', () => {
  test.each([
    ['<p>Yes <b>and</b> more</p>', 'Yes and more'],
    ['<p hidden>No</p>', ''],
    ['<p style="color:red; display : none">No</p>', ''],
    ['<p style="visibility:hidden">No</p>', ''],
    ['<div aria-hidden="true"><p>No</p></div>', ''],
    ['<template><p>No</p></template><noscript>No</noscript><script>No</script>', ''],
    ['<style>.a{display:none}</style><p class="a b">No</p>', ''],
    [
      '<style>/* x */ .btn .full, #z{display:none}</style><a class="btn"><i class="full">No</i>Yes</a><p id="z">No</p>',
      'Yes',
    ],
    [
      '<style>.a{display:none}.on .a{display:block}</style><p class="a">No</p><div class="on"><p class="a">Yes</p></div>',
      'Yes',
    ],
    ['<style>@media print{.a{display:none}}</style><p class="a">Yes</p>', 'Yes'],
    ['<style>.a:hover{display:none}</style><p class="a">Yes</p>', 'Yes'],
    ['<p>Tom &amp; <i>J&eacute;r&ocirc;me</i></p>', 'Tom & Jérôme'],
  ])('%s', (html, seen) => expect(text(html)).toBe(seen))

  test('a page deeper than any is refused, one with scripts full of signs is not', () => {
    expect(() => openHtml('<div>'.repeat(5_000))).toThrow()
    expect(() => openHtml(`<script>${'if(a<b)x();'.repeat(20_000)}</script><p>x</p>`)).not.toThrow()
  })
})

describe('that nothing is left', () => {
  const said = (html: string) => soldOutTexts(openHtml(`<html><body>${html}</body></html>`)).map(({ kind }) => kind)
  test.each([
    '<h2>SOLD OUT</h2>',
    '<div>All shows are sold out!</div>',
    '<p><strong>Housefull</strong></p>',
    '<main><p>This film is sold out.</p></main>',
  ])('%s', (html) => expect(said(html)).toEqual(['sold-out']))

  test.each(['<p>Bookings are closed</p>', '<p>Sorry, no shows available</p>', '<h3>Booking has not yet opened</h3>'])(
    '%s',
    (html) => expect(said(html)).toEqual(['not-on-sale']),
  )

  test.each([
    '<p>Last year’s festival was sold out within hours.</p>',
    '<a href="/x">Sold out</a>',
    '<button>Sold out</button>',
    '<ul><li>Sold out</li></ul>',
    '<p hidden>Sold out</p>',
    '<div><span>Available</span><span>Filling fast</span><span>Sold out</span></div>',
    '<section class="Related_films__x"><p>Sold out</p></section>',
    '<footer><p>Sold out</p></footer>',
    '<h2>Coming soon</h2>',
  ])('not: %s', (html) => expect(said(html)).toEqual([]))

  test('not the title of a film', () => {
    const page =
      '<html><head><title>Housefull 5 (2025) Tickets</title></head><body><h1>Housefull</h1><p>Sold Out</p></body></html>'
    expect(soldOutTexts(openHtml(page), 'Sold Out')).toEqual([])
    expect(soldOutTexts(openHtml(page), 'Housefull 5')).toMatchObject([{ text: 'Sold Out' }])
  })
})
