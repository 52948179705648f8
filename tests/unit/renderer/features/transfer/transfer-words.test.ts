import { describe, expect, it } from 'vitest'
import { certificatePurposeSchema } from '@shared/profile/tls'
import { secretNameSchema } from '@shared/profile/secret'
import { transferSourceSchema } from '@shared/transfer/preview'
import { ignoredReasonSchema, obstacleSchema, remarkSchema } from '@shared/transfer/remark'
import { messages } from '../../../../../src-renderer/features/transfer/messages'

const { transfer } = messages
/** Every code of a union, whether an option has one or several. */
const codesOf = (options: readonly { shape: { code: { options?: readonly string[]; values?: Set<unknown> } } }[]) =>
  options.flatMap(({ shape: { code } }) => code.options ?? [...(code.values ?? [])].map(String))

describe('the words of transfers', () => {
  it('are there for every remark, reason, obstacle, source and purpose', () => {
    // Ignored options are worded by their reason.
    const remarks = codesOf(remarkSchema.options).filter((code) => code !== 'option-ignored')
    expect(Object.keys(transfer.remark).sort()).toEqual(remarks.sort())
    expect(Object.keys(transfer.ignored).sort()).toEqual([...ignoredReasonSchema.options].sort())
    expect(Object.keys(transfer.obstacle).sort()).toEqual(codesOf(obstacleSchema.options).sort())
    expect(Object.keys(transfer.source).sort()).toEqual([...transferSourceSchema.options].sort())
    expect(Object.keys(transfer.brings)).toEqual(expect.arrayContaining([...secretNameSchema.options, ...certificatePurposeSchema.options]))
    expect(Object.keys(transfer.purpose).sort()).toEqual([...certificatePurposeSchema.options].sort())
  })
})
