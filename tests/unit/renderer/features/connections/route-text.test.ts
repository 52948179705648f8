// @vitest-environment happy-dom
import { mount } from '@vue/test-utils'
import { expect, it } from 'vitest'
import { useRouteText } from '../../../../../src-renderer/features/connections/route-text'
import { i18n } from '../../../../../src-renderer/i18n/i18n'

it.each([
  [['direct'], ''],
  [[], ''],
  [null, 'the one the system names'],
  [['socks5://proxy:1080'], 'socks5://proxy:1080'],
  [['http://a:1', 'socks5://b:2', 'direct'], 'http://a:1, else socks5://b:2, else directly'],
])('the ways %j', (routes, words) => {
  const Words = { setup: () => () => useRouteText()(routes) ?? '' }
  expect(mount(Words, { global: { plugins: [i18n] } }).text()).toBe(words)
})
