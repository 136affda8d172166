import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Terminal } from '@xterm/headless';
import { startChromium } from '../harness/chromium.js';

const COLOURS = ['#1c1c1c', '#e05561', '#8cc265', '#d18f52', '#4aa5f0', '#c162de', '#42b3c2', '#d7dae0'];

/** Draws a terminal's screen, as it stands, into a PNG. */
export async function takeScreenshot(screen: Terminal, chromium: string, file: string): Promise<void> {
  const browser = await startChromium(chromium);
  try {
    const page = await browser.newPage({ deviceScaleFactor: 2 });
    await page.setContent(htmlOf(screen));
    mkdirSync(dirname(file), { recursive: true });
    await page.locator('pre').screenshot({ path: file });
  } finally {
    await browser.close();
  }
}

function htmlOf(screen: Terminal): string {
  const buffer = screen.buffer.active;
  const rows = Array.from({ length: screen.rows }, (_, row) => rowOf(screen, buffer.viewportY + row));
  const style =
    'background:#1c1c1c;color:#d7dae0;font:14px/1.35 monospace;padding:16px;display:inline-block;margin:0';
  return `<!doctype html><body style="margin:0"><pre style="${style}">${rows.join('\n')}</pre>`;
}

function rowOf(screen: Terminal, row: number): string {
  const line = screen.buffer.active.getLine(row);
  return Array.from({ length: screen.cols }, (_, column) => {
    const cell = line?.getCell(column);
    const text = (cell?.getChars() || ' ').replaceAll('&', '&amp;').replaceAll('<', '&lt;');
    const styles = [
      cell?.isFgPalette() && `color:${COLOURS[cell.getFgColor() % 8]}`,
      cell?.isBold() && 'font-weight:bold',
      cell?.isDim() && 'opacity:0.6',
    ].filter(Boolean);
    return styles.length > 0 ? `<span style="${styles.join(';')}">${text}</span>` : text;
  }).join('');
}
