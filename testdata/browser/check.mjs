// Opens every page of a directory in headless Chromium, as a person would: in
// light, dark and print, on a wide and on a narrow screen, with a keyboard.
// Whatever is wrong is printed, and the exit code is 1. Screenshots and PDFs
// land beside the pages, for people to look at.
//
//   node check.mjs TOOLS PAGES      TOOLS holds node_modules, see install.sh
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [tools, pages] = process.argv.slice(2).map((path) => resolve(path));
const require = createRequire(join(tools, 'package.json'));
const { chromium } = require('playwright-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const WIDE = 1280;
const NARROW = 360; // the smallest telephones
const LONGEST = 12000; // pixels of a screenshot
const STOPS = 120; // of Tab, on one page

let faults = 0;
const fault = (where, what) => {
  faults++;
  console.log(`${where}: ${what}`);
};

// accessible runs every rule of axe-core, and fails on any violation.
async function accessible(page, where) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  for (const v of violations) {
    const at = v.nodes.slice(0, 3).map((n) => `${n.target.join(' ')} (${n.failureSummary.replace(/\s+/g, ' ')})`);
    fault(where, `axe: ${v.id}: ${v.help}: ${v.nodes.length} times: ${at.join('; ')}`);
  }
  if (passes.length < 10) fault(where, `axe ran only ${passes.length} rules`);
}

// fits: the body never scrolls sideways.
async function fits(page, where) {
  const wide = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return '';
    const out = [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.scroll'));
    return `${document.documentElement.scrollWidth} > ${innerWidth}: ${out.slice(-3).map((e) => `${e.tagName}.${e.className}`)}`;
  });
  if (wide) fault(where, `the body scrolls sideways: ${wide}`);
}

// keyboard walks through the page with Tab and compares with what can be used.
async function keyboard(page, where) {
  const expected = await page.evaluate(() => {
    const usable = [...document.querySelectorAll('a[href], summary, [tabindex="0"]')].filter((e) => e.checkVisibility());
    usable.forEach((e, i) => { e.dataset.stop = i; });
    return usable.length;
  });
  const reached = new Set();
  for (let i = 0; i < Math.min(expected + 5, STOPS); i++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const e = document.activeElement;
      if (!e || e === document.body) return null;
      const style = getComputedStyle(e);
      const box = e.getBoundingClientRect();
      return {
        stop: e.dataset.stop, name: `${e.tagName} ${e.textContent.trim().slice(0, 40)}`,
        shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
        inView: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      };
    });
    if (!stop) break;
    if (!stop.shown) fault(where, `focus cannot be seen on ${stop.name}`);
    if (!stop.inView) fault(where, `focus is out of sight on ${stop.name}`);
    if (i === 0 && !stop.name.includes('Skip')) fault(where, `the first stop is ${stop.name}, not the skip link`);
    reached.add(stop.stop);
  }
  if (reached.size !== Math.min(expected, STOPS)) fault(where, `Tab reaches ${reached.size} of ${expected} elements`);

  await page.evaluate(() => document.querySelector('.skip').focus());
  await page.keyboard.press('Enter');
  if (await page.evaluate(() => document.activeElement.id) !== 'report') fault(where, 'the skip link does not lead to the report');
  const folded = await page.evaluate(() => {
    const summary = [...document.querySelectorAll('details:not([open]) > summary')].find((e) => e.checkVisibility());
    summary?.focus();
    return Boolean(summary);
  });
  if (folded) {
    await page.keyboard.press('Enter');
    if (!await page.evaluate(() => document.activeElement.parentElement.open)) fault(where, 'Enter unfolds nothing');
    await page.keyboard.press('Enter');
  }
}

const unfold = (page) => page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));

// picture takes the whole page, as high as it is, so that nothing waits to be drawn.
async function picture(page, path, width) {
  const height = Math.min(await page.evaluate(() => document.documentElement.scrollHeight), LONGEST);
  await page.setViewportSize({ width, height });
  await page.screenshot({ path });
}

// open loads a page once, alone: whatever else it asks for is a fault.
async function open(browser, file) {
  const context = await browser.newContext({ viewport: { width: WIDE, height: 800 } });
  const url = pathToFileURL(join(pages, file)).href;
  await context.route('**/*', (route) => {
    if (route.request().url() === url) return route.continue();
    fault(file, `the page asks for ${route.request().url()}`);
    return route.abort();
  });
  const page = await context.newPage();
  page.on('console', (message) => fault(file, `console: ${message.text()}`));
  page.on('pageerror', (error) => fault(file, `error: ${error}`));
  page.on('dialog', (dialog) => { fault(file, `the page opens a dialog: ${dialog.message()}`); dialog.dismiss(); });
  await page.goto(url);
  return page;
}

async function check(browser, file) {
  const name = file.replace(/\.html$/, '');
  const page = await open(browser, file);
  const looks = [['light', WIDE], ['dark', WIDE], ['dark', NARROW], ['light', NARROW]];
  const look = async ([colorScheme, width]) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 800 });
    return `${file} ${colorScheme} ${width}`;
  };
  await keyboard(page, file);
  await page.reload();
  await accessible(page, file);
  for (const [scheme, width] of looks) {
    const where = await look([scheme, width]);
    await page.evaluate(() => scrollTo(0, 0));
    await page.screenshot({ path: join(pages, `${name}-${scheme}-${width}-first.png`) });
    await fits(page, where);
    if ((scheme === 'light') === (width === WIDE)) await picture(page, join(pages, `${name}-${scheme}-${width}.png`), width);
  }
  await unfold(page);
  // The others are of the same markup, and the largest says no more than they.
  const most = ['demo', 'sweep'].includes(name) ? looks : looks.slice(2, name === 'thousand' ? 2 : 3);
  for (const each of most) {
    const where = `${await look(each)} unfolded`;
    await fits(page, where);
    await accessible(page, where);
  }
  await page.reload();
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  if (name !== 'thousand') await accessible(page, `${file} print`);
  await page.pdf({ path: join(pages, `${name}.pdf`), preferCSSPageSize: true });
  await page.context().close();
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
  args: process.getuid() === 0 ? ['--no-sandbox'] : [], // Chromium refuses root otherwise
});
const files = readdirSync(pages).filter((name) => name.endsWith('.html')).sort();
for (const file of files) {
  const started = Date.now();
  await check(browser, file);
  console.log(`${file}: ${((Date.now() - started) / 1000).toFixed(1)} s`);
}
await browser.close();
console.log(`${files.length} pages, ${faults} faults; screenshots and PDFs in ${pages}`);
process.exit(faults > 0 || files.length === 0 ? 1 : 0);
