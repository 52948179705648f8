import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { quote } from 'shell-quote'
import { describe, expect, it } from 'vitest'
import { quoteShellWord, splitShellCommands } from '@shared/transfer/shell-words'

function wordsOf(text: string): string[][] {
  const split = splitShellCommands(text)
  if (!split.ok) throw new Error(split.fault)
  return split.commands.map((command) => command.map((word) => word.text))
}

/** The arguments a real shell makes of a text. */
function shellWordsOf(text: string): string[] {
  const script = `f() { for word in "$@"; do printf '%s\\0' "$word"; done; }\nf ${text}`
  return execFileSync('sh', ['-c', script]).toString('utf8').split('\0').slice(0, -1)
}

const wordText = fc.string({ unit: fc.constantFrom(...'a1 \'"\\$`#*?!&|;<>()[]{}~=%é🙂\n\t'), maxLength: 12 }).filter((text) => !text.includes('\0'))

describe('quoteShellWord', () => {
  it('is read again by a real shell, whatever the word', () => {
    fc.assert(
      // Many words a run: a shell has to be started for each.
      fc.property(fc.array(wordText, { minLength: 100, maxLength: 200 }), (words) => {
        expect(shellWordsOf(words.map(quoteShellWord).join(' '))).toEqual(words)
      }),
      { numRuns: 5 },
    )
  })

  it('leaves plain words alone', () => {
    expect(['-t', 'a/b', 'broker.example', '50%'].map(quoteShellWord)).toEqual(['-t', 'a/b', 'broker.example', '50%'])
  })
})

describe('splitShellCommands', () => {
  it('reads what we quote, and what shell-quote quotes', () => {
    fc.assert(
      fc.property(fc.array(wordText, { minLength: 1, maxLength: 8 }), (words) => {
        expect(wordsOf(words.map(quoteShellWord).join(' '))).toEqual([words])
        expect(wordsOf(quote(words))).toEqual([words])
      }),
    )
  })

  it.each([
    String.raw`-t a/# -q 1`,
    String.raw`a\ b "c d"'e f'g`,
    String.raw`"say \"hi\" \\ \x" 'a\b' \'`,
    'first \\\n  second',
    '"joined \\\nline" \'kept \\\nline\'',
    "'' \"\" end",
    'word # comment',
    "a'#'b c#d",
    String.raw`-u user\@host -P pa\$\$`,
  ])('splits %j as a shell does', (text) => {
    expect(wordsOf(text)).toEqual([shellWordsOf(text)])
  })

  it.each([
    ['mosquitto_sub -t #', [['mosquitto_sub', '-t', '#']]], // a comment to a shell; nobody means one
    ['mosquitto_sub -t # -v', [['mosquitto_sub', '-t', '#', '-v']]],
    ['a\nb; c\r\nd', [['a'], ['b'], ['c'], ['d']]],
    ['# only a comment\nnext', [['next']]],
    ['  ', []],
  ])('reads %j', (text, commands) => {
    expect(wordsOf(text)).toEqual(commands)
  })

  it.each([
    ["-t 'a", 'open-quote'],
    ['-t "a', 'open-quote'],
    ['-t "a\\"', 'open-quote'],
    ['a | b', 'operator'],
    ['a && b', 'operator'],
    ['a > b', 'operator'],
    ['a $(b)', 'operator'],
  ])('refuses %j', (text, fault) => {
    expect(splitShellCommands(text)).toEqual({ ok: false, fault })
  })

  it.each([
    ['"$SECRET"', true], ['$SECRET', true], [`$${'{A}'}b`, true], ['`date`', true], ['"a`b`"', true],
    ["'$SECRET'", false], [String.raw`\$SECRET`, false], [String.raw`"\$SECRET"`, false], ['a$', false], ['"5 $ "', false],
  ])('%s needs a shell: %s', (text, expands) => {
    const split = splitShellCommands(text)
    expect(split.ok && split.commands[0]?.some((word) => word.expands)).toBe(expands)
  })

  it('takes megabytes in no time', () => {
    const text = `${"'a' ".repeat(200_000)}"`
    const before = performance.now()
    splitShellCommands(text)
    expect(performance.now() - before).toBeLessThan(2_000)
  })
})
