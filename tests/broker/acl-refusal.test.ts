import { describe, expect, it } from 'vitest'
import { parseAclFile, type AclFault } from '@shared/acl/acl-file'
import { decodeAclBytes } from '@shared/acl/file-bytes'
import { startAclBroker } from '../support/acl-broker'

const BROKERS_AT_ONCE = 3

/** The broker's words for what we say of a line. */
const WORDS: Readonly<Record<AclFault['kind'], RegExp>> = {
  'unknown-keyword': /Error: Invalid line in acl_file/,
  'missing-topic': /Error: Empty topic in acl_file/,
  'missing-user': /Error: Missing username in acl_file/,
  'unknown-access': /Error: Invalid topic access type/,
  filter: /Error: Invalid ACL topic/,
}

const bytesOf = (text: string): Uint8Array => Buffer.from(text, 'utf8')
const utf16 = (text: string): Uint8Array => Buffer.from(`\ufeff${text}`, 'utf16le')
/** Each character a byte. */
const latin1 = (text: string): Uint8Array => Buffer.from(text, 'latin1')

const levels = (slashes: number): string => 'a' + '/a'.repeat(slashes)

const TEXTS: readonly string[] = [
  // Nothing, or nothing that counts.
  '', '\n', ' ', '   ', '   \n', '\t', '\t\n', '\r', '\r\n', '\v\f\r\n', '#', '# x', '#\n', '#topic', '##', '\n\n\n',
  // Comments only start in the first column.
  ' # x', '\t# x', ' #', 'topic a # x', 'topic read a # x', 'topic #', 'topic # x', 'topic read #x', 'user bob # c', 'pattern #',
  // Keywords.
  'topic a', 'Topic a', 'TOPIC a', 'topics a', 'topi a', 'topic', 'topic ', 'topic  ', 'topic\t', 'topic\ta', 'topic \t', 'topic \ta', '\ttopic a', ' topic a', '    topic a',
  '\vtopic a', '\rtopic a', 'topic\ra', 'topic \ra', 'pattern', 'pattern ', 'Pattern a', 'pattern\ta', 'pattern a', 'patterns a', 'user', 'user ', 'user\t', 'user \t', 'user\tbob', 'User bob', 'USER bob',
  'user bob', ' user bob', 'user  bob', 'user \tbob', 'user bob ', 'users bob', 'deny a', 'read a', 'allow a', 'include x', 'topic read a\nuser bob\ngarbage', 'x', '=', '"topic a"',
  // Access words.
  'topic read', 'topic deny', 'topic write ', 'topic read a', 'topic write a', 'topic readwrite a', 'topic deny a', 'topic Read a', 'topic READ a', 'topic rw a', 'topic reads a', 'topic a b', 'topic a/b c',
  'topic read  a', 'topic  read a', 'topic read\ta', 'topic read \ta', 'topic read\t a', 'topic\tread a', 'topic read write a', 'topic readwrite', 'topic deny deny', 'topic deny deny a', 'topic none a', 'topic subscribe a',
  'pattern read', 'pattern rw a', 'pattern deny a', 'pattern read %c', 'topic r a', 'topic read\u00a0a', 'topic\u00a0a',
  // Wildcards.
  'topic +', 'topic a/+', 'topic +/a', 'topic a+', 'topic +a', 'topic a/+a', 'topic a+/b', 'topic ++', 'topic +/+', 'topic a/#', 'topic a#', 'topic #a', 'topic #/a', 'topic a/#/b', 'topic ##', 'topic #/', 'topic #/#', 'topic +#', 'topic #+',
  'topic /#', 'topic +/#', 'topic read a +', 'topic read + a', 'topic read a #', 'topic read a/+ ', 'topic read a/# b', 'pattern %c+', 'pattern +%c', 'pattern %u/#', 'pattern %c#', 'pattern %u/+/%c', 'pattern #/%c',
  'topic $SYS/#', 'topic $share/a/#', 'topic $share/+/#', 'topic /', 'topic //', 'topic deny #',
  // Lengths.
  `topic ${levels(199)}`, `topic ${levels(200)}`, `topic ${levels(201)}`, `topic ${'/'.repeat(200)}`, `topic ${'/'.repeat(201)}`, `topic ${'/'.repeat(200)}#`, `topic ${'a'.repeat(65_534)}`, `topic ${'a'.repeat(65_535)}`, `topic ${'a'.repeat(65_536)}`,
  `topic ${'é'.repeat(32_767)}`, `topic ${'é'.repeat(32_768)}`, `topic ${'é'.repeat(32_767)}a`, `user ${'u'.repeat(70_000)}`, `topic read ${' '.repeat(70_000)}a`, `#${'x'.repeat(70_000)}\ntopic`,
  // A line that is split would be two.
  `${'x'.repeat(300)}`, `# ${'x'.repeat(300)}`, `# ${'x'.repeat(253)} bad`, `${' '.repeat(255)}topic a`, `${' '.repeat(255)}topic`,
  // Marks and other white space.
  '\ufefftopic a', '\ufeff# comment', '\ufeff', '\ufeff\ntopic a', '\u2028topic a', '\u00a0topic a', '\u200btopic a', 'topic \u00a0', 'user \u00a0', '\u0085', '\u00a0',
  // Later lines.
  'topic a\ntopic', 'topic a\n\n\n topic b\nnope\ntopic', 'topic a\r\ntopic b\r\n', 'topic a\rtopic b', 'topic a\ruser', 'user bob\n\ttopic a', 'user bob\n  topic a', 'topic a\n#\n #',
]

/** Bad last lines without LF around the lengths at which Mosquitto forgets them, behind lines that make its buffer grow. */
const LAST_LINES = [0, 254, 255, 300, 1_254, 1_255, 2_300].flatMap((before) =>
  [253, 254, 255, 256, 1_254, 1_255, 1_256, 2_255, 2_256, 3_255].flatMap((length) => ['', '\n'].map((end) => `${before === 0 ? '' : `#${'x'.repeat(before - 1)}\n`}${'x'.repeat(length)}${end}`)),
)

/** A NUL ends a string, and with it the file. */
const NULS = [
  '\0', '\0\n', 'topic\0', 'topic a\0', 'topic a\0\n', 'topic\0 a\n', 'topic \0a\n', 'topic\0\n a\n', 'topic\0x\n a\ntopic', 'topic\0x\n a\nnope', 'topic a\0+\n', 'topic a\0\n+\n', 'topic a/\0\n+\n', '\0nope\n', '\0nope', 'nope\0\n', 'nope\0', 'nope\0\n\n',
  '#\0\nnope\n', '#\0\nnope\nnope', '# x\0nope\nnope\ntopic a\n', 'user\0\n bob\n', 'user\0', 'user\0bob', 'us\0\ner bob\n', 'us\0er\ner bob\n', 'topic a\n\0\0\0\nnope', 'topic a\n\0\ntopic', '\0'.repeat(300), `${'\0'.repeat(255)}nope`, `${'\0'.repeat(254)}nope`, `${'\0'.repeat(255)}topic a`,
  `\0${'x'.repeat(254)}nope\n`, `\0${'x'.repeat(254)}topic a\n`, `\0${'x'.repeat(254)}#nope\n`, `\0${'x'.repeat(253)}\nnope`, `\0${'x'.repeat(253)}\ntopic a\n`, `topic a\0${'x'.repeat(300)}\nnope\n`, `topic a\0${'x'.repeat(246)}`, `topic a\0${'x'.repeat(247)}`, `topic a\0${'x'.repeat(248)}`, `no\0${'x'.repeat(251)}`, `no\0${'x'.repeat(252)}`, `no\0${'x'.repeat(253)}`,
  `# ${'x'.repeat(300)}\n\0${'x'.repeat(254)}nope`, `# ${'x'.repeat(300)}\n\0${'x'.repeat(1_254)}nope`, 'topic a\0\0\nb\0\nc\n+', ' \0', ' \0\n', '\n\0\n', '\t\0\n', 'topic read\0\n a\n', 'topic read\0 a\n', 'a\0b\0c\nd\0e\nf',
  ...[998, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 1_255].flatMap((length) => ['', `#${'x'.repeat(300)}\n`].map((before) => `${before}nope\0${'y'.repeat(length % 7)}\n${'x'.repeat(length)}`)),
  ...[1_249, 1_250, 1_251, 2_250].map((length) => `#${'x'.repeat(300)}\nnope\0${'x'.repeat(length)}`), ...[240, 1_000].map((length) => `nope\0\n${'x'.repeat(length)}\n`), 'nope\0\ny\0', '\0\nnope\nx', 'topic a\0+',
]

const FILES: readonly Uint8Array[] = [
  ...TEXTS.map(bytesOf),
  ...TEXTS.filter((text) => text !== '' && text.length < 60).map((text) => bytesOf(`${text}\n`)),
  ...LAST_LINES.map(bytesOf),
  ...NULS.map(bytesOf),
  ...['', 'topic a', 'topic a\n', '# x\n'].flatMap((text) => [utf16(text), utf16(text).subarray(2), Buffer.from(utf16(text)).swap16()]),
  ...['topic \xff', '\xfftopic a', 'user \xc3', '\xc3\xa9', 'topic \xed\xa0\x80', 'topic a\xc3+', '#\xff\xfe', 'topic\xa0a', 'topic a\xa0', '\x85', 'topic \x85', `topic ${'\xff'.repeat(65_535)}`, `topic ${'\xff'.repeat(65_536)}`, '\xff'.repeat(255), '\xff'.repeat(254), `#${'\xff'.repeat(254)}`].map(latin1),
]

/** What is wrong with our answer about a file, or null. */
async function disagreement(bytes: Uint8Array): Promise<string | null> {
  const text = decodeAclBytes(bytes)
  const file = parseAclFile(text)
  const { firstFaultLine } = file
  const broker = await startAclBroker(bytes)
  const refusedWith = 'refusedWith' in broker ? broker.refusedWith : null
  if (!('refusedWith' in broker)) await broker.stop()
  const told = `${JSON.stringify(text.length > 200 ? `${text.slice(0, 100)} … ${text.length}` : text)}: ours ${String(firstFaultLine)}, the broker ${refusedWith ?? 'took it'}`
  if ((firstFaultLine === null) !== (refusedWith === null)) return told
  if (firstFaultLine === null || refusedWith === null) return null
  const statement = file.lines[firstFaultLine - 1]?.statement
  return statement?.kind === 'fault' && WORDS[statement.fault.kind].test(refusedWith) ? null : told
}

describe('a real Mosquitto refuses the files that we refuse, for the same reason', () => {
  it(`of ${FILES.length}`, { timeout: 120_000 }, async () => {
    const found: string[] = []
    const left = [...FILES]
    await Promise.all(
      Array.from({ length: BROKERS_AT_ONCE }, async () => {
        for (let next = left.pop(); next !== undefined; next = left.pop()) {
          const told = await disagreement(next)
          if (told !== null) found.push(told)
        }
      }),
    )
    expect(found).toEqual([])
  })
})
