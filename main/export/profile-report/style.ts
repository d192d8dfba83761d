import { html } from './markup'

/** The page's only style: light or dark as the reader's system has it, and fit for printing. */
export const style = html`<style>
:root { color-scheme: light dark; --ink: #1b2430; --dim: #5a6573; --line: #e1e5ea; --first: #1e75dd; --second: #9c5c03; --ground: #fff; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6eaf0; --dim: #9aa5b4; --line: #2d3541; --first: #3c8dfd; --second: #f69424; --ground: #181d25; }
}
body { margin: 24px auto; max-width: 1120px; padding: 0 16px; font: 14px/1.5 system-ui, sans-serif; color: var(--ink); background: var(--ground); }
h1 { font-size: 22px; margin: 0 0 8px; overflow-wrap: anywhere; }
h2 { font-size: 15px; margin: 0 0 4px; }
p, li, figcaption, summary, dt { color: var(--dim); margin: 0 0 4px; }
main { columns: 2 440px; column-gap: 32px; }
dl { column-span: all; display: flex; flex-wrap: wrap; gap: 8px 32px; margin: 8px 0; }
dd { margin: 0; font-size: 17px; font-variant-numeric: tabular-nums; }
section { break-inside: avoid; margin-bottom: 24px; }
figure { margin: 0 0 8px; }
svg { display: block; width: 100%; height: auto; overflow: visible; }
svg text { font-size: 11px; fill: var(--dim); }
.bar, .cell { fill: var(--first); }
.axis { stroke: var(--line); }
.line { fill: none; stroke-width: 2; }
.line-0 { stroke: var(--first); }
.line-1 { stroke: var(--second); }
svg text.line-0 { stroke: none; fill: var(--first); }
svg text.line-1 { stroke: none; fill: var(--second); }
.scroll { overflow: auto; max-height: 420px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 2px 8px 2px 0; border-bottom: 1px solid var(--line); overflow-wrap: break-word; vertical-align: top; }
th { font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
@media print { .scroll { max-height: none; } }
</style>`
