// The P2P menu by keyboard alone, found by what a screen reader says.
/* global axe */
import { eventually } from './eventually.mjs';

/** Where Plyr's entry is inside its settings. */
const WAY_TO_MENU = { plyr: ['Settings', 'P2P'] };

export async function useMenuByKeyboard({ first: { page }, cell }) {
  // In Firefox the viewers are tabs of one window: who uses the keyboard has theirs in front.
  await page.bringToFront();
  const way = WAY_TO_MENU[cell.player] ?? ['P2P'];
  for (const text of way) {
    const button = await pressable(page, text);
    await button.focus();
    await page.keyboard.press('Enter');
  }
  const opened = await focusOnItem(page, 'the focus is on a menu item', (now) => now.isItem && !way.some((text) => now.name === text));
  await page.keyboard.press('ArrowDown');
  await focusOnItem(page, 'the down arrow moves on', (now) => now.isItem && now.name !== opened.name);
  await page.keyboard.press('Escape');
  await eventually('Escape gives the focus back to a button', () => focus(page), (now) => now.isButton && way.some((text) => now.name.includes(text)));
}

const pressable = (page, text) =>
  page.waitForFunction((wanted) => window.viewer.pressable(wanted), { timeout: 10_000, polling: 150 }, text).catch(() => {
    throw new Error(`no button whose accessible name has "${text}"`);
  });

const focusOnItem = (page, what, holds) => eventually(what, () => focus(page), holds, { withinMs: 5000 });

const focus = (page) =>
  page.evaluate(() => {
    const { activeElement } = document;
    axe.setup(document);
    const name = axe.commons.text.accessibleText(activeElement);
    axe.teardown();
    return {
      name,
      isItem: /^menuitem/.test(activeElement.role ?? ''),
      isButton: activeElement.matches('button, [role="button"]'),
    };
  });
