import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { withFormatList } from '../../support/format-list'

const README = path.resolve('README.md')

it('the README lists the formats as the registries have them (node scripts/formats.mjs writes it)', async () => {
  await expect(withFormatList(readFileSync(README, 'utf8'))).toMatchFileSnapshot(README)
})
