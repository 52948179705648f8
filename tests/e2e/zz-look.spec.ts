import { deflateSync, gzipSync } from 'node:zlib'
import { mosquittoPub } from '../support/mosquitto-clients'
import { expect, test, type App } from './support/app'

async function picture(app: App, name: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await app.electron.evaluate(({ nativeTheme }, wanted) => (nativeTheme.themeSource = wanted), theme)
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
    await app.page.screenshot({ path: `/tmp/value-look/${name}-${theme}.png`, animations: 'disabled' })
  }
}
function crc32(buf: Buffer): number { let c, crc = 0xffffffff; for (const b of buf) { c = (crc ^ b) & 0xff; for (let k = 0; k < 8; k++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1; crc = (crc >>> 8) ^ c } return (crc ^ 0xffffffff) >>> 0 }
export function png(width: number, height: number): Buffer {
  const chunk = (type: string, data: Buffer) => { const head = Buffer.alloc(8); head.writeUInt32BE(data.length); head.write(type, 4); const crc = Buffer.alloc(4); crc.writeUInt32BE(crc32(Buffer.concat([Buffer.from(type), data]))); return Buffer.concat([head, data, crc]) }
  const ihdr = Buffer.alloc(13); ihdr.writeUInt32BE(width, 0); ihdr.writeUInt32BE(height, 4); ihdr[8] = 8; ihdr[9] = 6
  const raw = Buffer.alloc((width * 4 + 1) * height)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) { const o = y * (width * 4 + 1) + 1 + x * 4; const d = Math.hypot(x - width / 2, y - height / 2); raw[o] = x * 255 / width; raw[o + 1] = y * 255 / height; raw[o + 2] = 180; raw[o + 3] = d < height / 2 ? 255 : 0 }
  return Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), chunk('IHDR', ihdr), chunk('IDAT', deflateSync(raw)), chunk('IEND', Buffer.alloc(0))])
}
test('look', async ({ start, mosquitto }) => {
  const { port } = await mosquitto()
  await mosquittoPub({ port, topic: 'plant/json', payload: '{"device_id":"press-07","value":71.42,"big":12345678901234567890,"ok":true,"none":null,"a":1,"a":2,"location":{"hall":2,"line":"B"},"readings":[{"id":1,"value":20.5},{"id":2,"value":21.5,"tags":["hot","new"]}]}', retain: true })
  await mosquittoPub({ port, topic: 'plant/bytes', payload: Buffer.from(Array.from({ length: 1000 }, (_, i) => (i * 7) % 256)), retain: true })
  await mosquittoPub({ port, topic: 'plant/image', payload: png(320, 200), retain: true })
  await mosquittoPub({ port, topic: 'plant/gz', payload: gzipSync('{"a":1}'), retain: true })
  await mosquittoPub({ port, topic: 'plant/xml', payload: '<?xml version="1.0"?><a x="1"><!-- hm --><b>text</b></a>', retain: true })
  const app = await start([`mqtt://127.0.0.1:${port}`, '--filter', '#'])
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(1440, 900))
  await (await app.reveal('plant/json')).click()
  await app.inspector.getByRole('radio', { name: 'Tree' }).click()
  await expect(app.inspector.getByRole('treeitem').first()).toBeVisible()
  await app.inspector.getByRole('tree').press('End')
  await picture(app, 'tree')
  await app.inspector.getByRole('searchbox').fill('readings[value > 21]')
  await expect(app.inspector).toContainText('Result of the expression')
  await picture(app, 'query')
  await app.inspector.getByRole('searchbox').fill('readings[value > ')
  await expect(app.inspector).toContainText('cannot be evaluated')
  await picture(app, 'query-error')
  await app.inspector.getByRole('searchbox').fill('')
  await app.inspector.getByRole('button', { name: /Show payload as/ }).click()
  await picture(app, 'menu')
  await app.page.keyboard.press('Escape')
  await app.topic('plant/bytes').click()
  await app.inspector.getByRole('grid').click({ position: { x: 200, y: 100 } })
  await app.page.keyboard.press('Shift+ArrowDown')
  await picture(app, 'hex')
  for (const name of ['image', 'gz', 'xml']) {
    await app.topic(`plant/${name}`).click()
    await app.page.waitForTimeout(500)
    await picture(app, name)
  }
  await app.topic('plant/bytes').click()
  await app.inspector.getByRole('button', { name: /Show payload as/ }).click()
  await app.page.getByRole('menuitemcheckbox', { name: 'JSON' }).click()
  await app.page.waitForTimeout(500)
  await picture(app, 'fault')
})
