import { describe, expect, it } from 'vitest'
import { birthTopics, rebirthTopic, sparkplugTopic } from '@shared/payload/sparkplug-topic'

describe('a topic of Sparkplug', () => {
  it('names type, group, edge node and device', () => {
    expect(sparkplugTopic('spBv1.0/g/NBIRTH/n')).toEqual({ kind: 'message', type: 'NBIRTH', group: 'g', node: 'n', device: null })
    expect(sparkplugTopic('spBv1.0/g/DDATA/n/d')).toEqual({ kind: 'message', type: 'DDATA', group: 'g', node: 'n', device: 'd' })
    expect(sparkplugTopic('spBv1.0/STATE/host')).toEqual({ kind: 'state', host: 'host' })
  })

  it.each([
    'spBv1.0', 'spBv1.0/g', 'spBv1.0/g/NBIRTH', 'spBv1.0/g/NBIRTH/', 'spBv1.0/g/NBIRTH/n/d', 'spBv1.0/g/DDATA/n', 'spBv1.0/g/DDATA/n/',
    'spBv1.0/g/DDATA/n/d/e', 'spBv1.0/g/OTHER/n', 'spBv1.0//NBIRTH/n', 'spBv1.0/STATE', 'spBv1.0/STATE/a/b', 'spAv1.0/g/NBIRTH/n', 'x/spBv1.0/g/NBIRTH/n',
  ])('is not %s', (topic) => {
    expect(sparkplugTopic(topic)).toBeNull()
  })

  it('of data or a command leads to the BIRTHs that explain it', () => {
    expect(birthTopics('spBv1.0/g/NDATA/n')).toEqual(['spBv1.0/g/NBIRTH/n'])
    expect(birthTopics('spBv1.0/g/NCMD/n')).toEqual(['spBv1.0/g/NBIRTH/n'])
    expect(birthTopics('spBv1.0/g/DDATA/n/d')).toEqual(['spBv1.0/g/NBIRTH/n', 'spBv1.0/g/DBIRTH/n/d'])
    for (const topic of ['spBv1.0/g/NBIRTH/n', 'spBv1.0/STATE/h', 'a/b']) expect(birthTopics(topic)).toEqual([])
  })

  it('leads to where a rebirth is asked for: the edge node, of devices too', () => {
    expect(rebirthTopic('spBv1.0/g/DDATA/n/d')).toBe('spBv1.0/g/NCMD/n')
    expect(rebirthTopic('spBv1.0/STATE/h')).toBeNull()
  })
})
