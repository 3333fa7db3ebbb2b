// Opens pages in Chromium and tells what it saw, as JSON: node look.mjs JOB.json
//
// JOB: {modules, chromium, screens, milliseconds, sites: [{name, folder, pages: ["index.html", ...]}]}
// Each page is opened 390 and 1280 px wide, light and dark. Of each: what the console said, what could not be
// loaded, what axe-core finds, whether it scrolls sideways; and a picture.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import {createRequire} from 'node:module';

const job = JSON.parse(fs.readFileSync(process.argv[2], 'utf8'));
const require = createRequire(job.modules + '/');
const {chromium} = require('playwright-core');
const axe = fs.readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const kinds = {'.html': 'text/html; charset=utf-8', '.css': 'text/css', '.pdf': 'application/pdf'};
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'];

// A folder as a web server shows it.
function serve(folder) {
  const server = http.createServer((request, response) => {
    const file = path.join(folder, path.normalize(decodeURIComponent(new URL(request.url, 'http://x').pathname)));
    fs.readFile(file, (error, bytes) => {
      response.writeHead(error ? 404 : 200, {'Content-Type': kinds[path.extname(file)] ?? 'text/plain'});
      response.end(bytes);
    });
  });
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)));
}

async function look(context, address, seen, picture) {
  const page = await context.newPage();
  page.setDefaultTimeout(job.milliseconds);
  page.on('console', message => ['error', 'warning'].includes(message.type()) && seen.console.push(message.text()));
  page.on('pageerror', error => seen.console.push(String(error)));
  page.on('requestfailed', request => seen.console.push('not loaded: ' + request.url()));
  page.on('response', answer => answer.status() >= 400 && seen.console.push(answer.status() + ' ' + answer.url()));
  await page.goto(address, {waitUntil: 'load'});
  await page.screenshot({path: picture, fullPage: true});
  Object.assign(seen, await page.evaluate(() => ({
    over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    scripts: document.scripts.length,
    fetched: document.querySelectorAll('img, iframe, object, embed').length,
  })));
  await page.evaluate(axe);
  // Without a preload of style sheets: the pages' policy forbids it, rightly.
  const found = await page.evaluate(() => window.axe.run(document, {preload: false}));
  seen.passes = found.passes.length;
  seen.violations = found.violations.map(one => ({id: one.id, help: one.help,
    nodes: one.nodes.slice(0, 5).map(node => node.html.slice(0, 200) + ' ' + (node.any[0]?.message ?? ''))}));
  await page.close();
}

const results = [];
const browser = await chromium.launch({executablePath: job.chromium, headless: true, args: flags, timeout: job.milliseconds});
for (const site of job.sites) {
  const server = await serve(site.folder);
  for (const width of [390, 1280]) {
    for (const colorScheme of ['light', 'dark']) {
      const context = await browser.newContext({viewport: {width, height: 844}, colorScheme});
      for (const page of site.pages) {
        const name = `${site.name}-${page.replaceAll('/', '-').replace('.html', '')}-${width}-${colorScheme}`;
        const seen = {name, console: []};
        await look(context, `http://127.0.0.1:${server.address().port}/${page}`, seen,
            path.join(job.screens, name + '.png'));
        results.push(seen);
      }
      await context.close();
    }
  }
  server.closeAllConnections();
  server.close();
}
await browser.close();
console.log(JSON.stringify(results));
