// Opens a site of `sysdrill grade` in Chromium from the disk: no complaints, sorting, filtering, hover and click work, the
// pages fit a phone, and axe finds nothing that shuts people out. Screenshots are left in a folder, to be looked at.
//
//     node site.mjs SITE [SHOTS [PAGE...]]      CHROMIUM=/usr/bin/chromium where it lies elsewhere
import { chromium } from "playwright-core";
import axe from "axe-core";
import { existsSync, mkdirSync, readdirSync } from "node:fs";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import assert from "node:assert/strict";

const site = resolve(process.argv[2] ?? "../../site");
const shots = resolve(process.argv[3] ?? "shots");
mkdirSync(shots, { recursive: true });
const address = (file) => pathToFileURL(`${site}/${file}`).href;
const found = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? found, args: ["--no-sandbox"] });

const complaints = [];
const open = async (file, options = {}) => {
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, ...options });
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(`${file}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${file}: ${error}`));
  page.on("dialog", (dialog) => { complaints.push(`${file}: a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on("request", (request) => {
    if (!request.url().startsWith(address(""))) complaints.push(`${file}: asks for ${request.url()}`);
  });
  await page.goto(address(file));
  return page;
};
const accessible = async (page, name) => {
  // The page's policy lets no script in; the tools of the browser may.
  await page.evaluate(`(() => { const module = { exports: {} }; ${axe.source}; window.axe = window.axe ?? module.exports; })()`);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  for (const violation of violations) {
    complaints.push(`${name}: ${violation.id}: ${violation.help}: ${violation.nodes[0].html.slice(0, 200)}`);
  }
};
const fits = async (page, name) => {
  const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (over > 1) complaints.push(`${name}: ${over} pixels wider than the window`);
};

// The page of all candidates.
{
  const page = await open("index.html");
  const column = (at) => page.$$eval(`#class tbody tr`, (rows, at) => rows.map((row) => row.cells[at].dataset.sort ?? row.cells[at].textContent.trim()), at);
  const head = page.locator("#class thead th");
  const score = (await head.allTextContents()).findIndex((text) => text.trim() === "Score");
  await head.nth(score).locator("button").click();
  let scores = (await column(score)).map(Number);
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a), "the best first");
  assert.equal(await head.nth(score).getAttribute("aria-sort"), "descending");
  await head.nth(score).locator("button").press("Enter");
  scores = (await column(score)).map(Number);
  assert.deepEqual(scores, [...scores].sort((a, b) => a - b), "the worst first, by the keyboard");
  const rows = page.locator("#class tbody tr:visible");
  const all = await rows.count();
  const name = (await page.locator("#class tbody th").first().textContent()).trim();
  await page.fill("#find", name);
  assert.ok((await rows.count()) >= 1 && (await rows.count()) <= all);
  assert.match(await page.locator("#shown").textContent(), /^\d+ of \d+ shown$/);
  await page.fill("#find", "nobody is called so");
  assert.equal(await rows.count(), 0);
  await page.fill("#find", "");
  for (const value of await page.$$eval("#band option", (options) => options.map((option) => option.value).filter(Boolean))) {
    await page.selectOption("#band", value);
    const bands = await page.$$eval("#class tbody tr:not([hidden])", (rows) => rows.map((row) => row.dataset.band));
    assert.ok(bands.every((band) => band === value), `only ${value}`);
  }
  await page.selectOption("#band", "");
  await fits(page, "index");
  await accessible(page, "index");
  await page.screenshot({ path: `${shots}/index.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, "index, dark");
  await page.screenshot({ path: `${shots}/index-dark.png`, fullPage: true });
  await page.close();
  const phone = await open("index.html", { viewport: { width: 375, height: 760 }, isMobile: true, hasTouch: true });
  await fits(phone, "index on a phone");
  await phone.screenshot({ path: `${shots}/index-phone.png`, fullPage: true });
  await phone.close();
}

// Every page of a candidate.
let worked = 0;
for (const file of readdirSync(site).filter((file) => file.startsWith("candidate-") && file.endsWith(".html"))) {
  const page = await open(file);
  const name = file.replace(/\.html$/, "");
  await fits(page, name);
  const marked = page.locator(".component[data-findings]");
  if (await marked.count()) {
    worked += 1;
    const part = marked.first();
    const keys = (await part.getAttribute("data-findings")).split(" ");
    await part.hover();
    assert.equal(await page.locator(".finding.lit").count(), keys.length, `${name}: hover lights the findings`);
    await part.click();
    assert.equal(await page.evaluate(() => document.activeElement.id), keys[0], `${name}: a click goes to the finding`);
    await page.locator(`#${keys[0]}`).hover();
    assert.ok(await part.evaluate((part) => part.classList.contains("lit")), `${name}: a finding lights its component`);
    await page.locator(`#${keys[0]} button[data-component]`).first().click();
    assert.ok(await page.evaluate(() => document.activeElement.matches(".component")), `${name}: a name goes to its component`);
    await page.keyboard.press("Enter");
    assert.match(await page.evaluate(() => document.activeElement.id), /^(finding|mentor)-/, `${name}: and Enter back`);
  }
  const quote = page.locator(".quotes a").first();
  if (await quote.count()) {
    await quote.click();
    await page.locator("#source[open]").waitFor();
  }
  await accessible(page, name);
  await page.emulateMedia({ colorScheme: "dark" });
  await accessible(page, `${name}, dark`);
  await page.close();
}
assert.ok(worked > 0, "a candidate has findings on components");

// Every page of two similar designs.
for (const file of readdirSync(site).filter((file) => /^similar-.*\.html$/.test(file))) {
  const page = await open(file);
  await fits(page, file);
  const line = page.locator(".beside a").first();
  if (await line.count()) {
    await line.click();
    await page.locator("#source[open]").waitFor();
    await page.goBack();
  }
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme });
    await accessible(page, `${file}, ${colorScheme}`);
  }
  await page.close();
}

// What is to be looked at.
for (const file of process.argv.slice(4)) {
  const name = file.replace(/\.html$/, "");
  const page = await open(file);
  await page.screenshot({ path: `${shots}/${name}.png`, fullPage: true });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${shots}/${name}-dark.png`, fullPage: true });
  await page.pdf({ path: `${shots}/${name}.pdf`, format: "A4" });
  await page.close();
  const phone = await open(file, { viewport: { width: 375, height: 760 }, isMobile: true, hasTouch: true });
  await fits(phone, `${name} on a phone`);
  await phone.screenshot({ path: `${shots}/${name}-phone.png`, fullPage: true });
  await phone.close();
}
await browser.close();
if (complaints.length) {
  console.error([...new Set(complaints)].join("\n"));
  process.exit(1);
}
console.log(`all is well; look at ${shots}`);
