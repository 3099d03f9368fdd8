/** The first screen: verdict, limits, key numbers. */
import type { Finding, HuntDocument } from '../model/finding.ts';
import { html, type Markup, type Part } from './markup.ts';
import { show } from './safe-text.ts';
import { bySeverity, hostsConcerned, limits, verdict } from './verdict.ts';
import { count, endpointName, internalName, minute, number, span, why } from './wording.ts';

type KeyNumber = { readonly name: string; readonly value: Part; readonly note: string; readonly anchor: string };

function keyNumbers(document: HuntDocument): readonly KeyNumber[] {
  const { findings, leads, telemetry, intel } = document;
  const worst = bySeverity(findings).map((s) => `${number(s.findings)} ${s.severity}`);
  const inactive = [
    [intel.expired, 'expired'],
    [intel.not_yet_valid, 'not yet valid'],
    [intel.not_for_detection, 'not for detection'],
  ] as const;
  const notActive = inactive.filter(([n]) => n > 0).map(([n, word]) => `${number(n)} ${word}`);
  return [
    { name: 'Findings', value: number(findings.length), note: worst.join(', ') || 'none', anchor: 'findings' },
    { name: 'Leads', value: number(leads.length), note: 'to look at; they convict nobody', anchor: 'leads' },
    {
      name: 'Internal hosts concerned',
      value: number(hostsConcerned(findings)),
      note: `of ${number(telemetry.internal_hosts)} seen in the logs`,
      anchor: 'findings',
    },
    {
      name: 'Records read',
      value: number(telemetry.accepted),
      note: `${number(telemetry.refused)} refused, ${number(telemetry.files)} files`,
      anchor: telemetry.refused > 0 ? 'refused' : 'coverage',
    },
    {
      name: 'Active indicators',
      value: number(intel.active),
      note: notActive.join(', ') || `of ${number(intel.indicators)}`,
      anchor: 'intelligence',
    },
  ];
}

function numbersList(document: HuntDocument): Markup {
  return html`<ul class="numbers" aria-label="Key numbers">${keyNumbers(document).map(
    (k) =>
      html`<li><a href="#${k.anchor}"><span class="name">${k.name}</span> <span class="value">${k.value}</span> <span class="note">${k.note}</span></a></li>`,
  )}</ul>`;
}

/** The explanation of a verdict with findings, its names kept in one piece where a line has room. */
function lede(f: Finding): Markup {
  return html`Strongest: <a class="name" href="#f1"><strong>${internalName(f.internal)}</strong></a> and <span class="name"><code>${endpointName(f.endpoint)}</code>,</span> ${count(f.contacts, 'contact')}, <span class="name">${span(f.first_seen, f.last_seen)}</span>. ${why(f)}`;
}

/** The verdict in large type with its explanation; beside it what the result does not say. */
export function summary(document: HuntDocument): Markup {
  const v = verdict(document);
  const [lookedAt, notSeen] = limits(document);
  const worst = bySeverity(document.findings)[0]?.severity ?? 'none';
  return html`<section class="verdict ${v.tone} ${worst}" aria-labelledby="verdict"><div class="words"><p class="eyebrow">Verdict as of ${minute(document.run.as_of)} UTC</p>
<h1 id="verdict">${v.headline}.</h1><p class="lede">${v.strongest === null ? v.explanation : lede(v.strongest)}</p>${v.strongest === null ? null : html`<p class="muted">A finding is a contact of one internal host with one endpoint that a source lists or that looks like known adversary software. It is a reason to act, not yet proof of a break-in.</p>`}</div>
<div class="limits"><h2>What this rests on, and what it cannot say</h2><p>${lookedAt}</p><p>${notSeen} <a href="#coverage">Coverage</a></p></div></section>
${numbersList(document)}
`;
}

/** Which run this was; for the foot of the page. */
export function runFacts({ run, virga, telemetry }: HuntDocument): Markup {
  return html`<p>Virga ${show(virga, 40)} · run <code>${show(run.id, 80)}</code> · ${span(run.started, run.finished)} · logs from ${span(telemetry.start, telemetry.end)}. All times are UTC. Names and addresses of endpoints are defanged.</p>`;
}
