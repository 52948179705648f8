import AxeBuilder from '@axe-core/playwright'
import { expect, type App } from './app'

/** Expects that axe finds nothing on the screen there is, in both themes. */
export async function expectNoViolations(app: App, screen: string): Promise<void> {
  for (const theme of ['dark', 'light'] as const) {
    await app.electron.evaluate(({ nativeTheme }, wanted) => (nativeTheme.themeSource = wanted), theme)
    await expect(app.page.locator('html')).toHaveAttribute('data-theme', theme)
    // Legacy mode stays in this page: Electron cannot open the blank one axe would gather its results in.
    const { violations } = await new AxeBuilder({ page: app.page }).setLegacyMode().analyze()
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)
    expect(found, `${screen}, ${theme}`).toEqual([])
  }
}
