// The clinical rules as tables for src/safety/README.md. What an answer means is found by evaluating
// the rules themselves, so the table cannot differ from them.
import type { Finding } from '../../src/ims/records/findings.ts';
import type { Member, Members } from '../../src/ims/schema/members.ts';
import type { ImsRecord } from '../../src/ims/schema/record.ts';
import { screening } from '../../src/ims/schema/screening.ts';
import { processRules } from '../../src/safety/assess.ts';
import { DEFAULT_POLICY } from '../../src/safety/policy.ts';
import { screeningRules } from '../../src/safety/screening/evaluate.ts';
import type { ScreeningRule } from '../../src/safety/screening/item-rule.ts';

/** The rules on how a visit was carried out and charted. */
export function processRulesTable(): string {
  const rows = processRules.map(
    ({ code, trigger, findingText, source }) =>
      `| \`${code}\` | ${trigger} | ${findingText === undefined ? 'no' : 'yes'} | ${source} |`,
  );
  return ['| Code | Warns when | Written to FHIR | Source |', '|---|---|---|---|', ...rows].join(
    '\n',
  );
}

/** The screening items whose findings follow from their own answer and its coded details. */
export function screeningItemsTable(): string {
  const rows = screeningRules.flatMap((rule) => {
    const members = membersOf(rule.member);
    if (members === undefined) return [];
    const { label, details } = members;
    const plain = resultOf(rule, {});
    const special = Object.entries(details).flatMap(([name, member]) =>
      codesOf(member).flatMap((code) => {
        const result = resultOf(rule, { [name]: code });
        return result === plain ? [] : [`\`${name}: ${code}\`: ${result}`];
      }),
    );
    const cells = [rule.item, label, plain, special.join('; '), sourceOf(rule)];
    return [`| ${cells.join(' | ')} |`];
  });
  return [
    '| Item | Question | A "yes" without details | A "yes" with this detail | Source |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

/** Label and members of an item of the screening; undefined where it is answered elsewhere. */
function membersOf(name: string): { label: string; details: Members } | undefined {
  const group = (screening.members as unknown as Members)[name];
  if (group?.kind !== 'group') return undefined;
  const { answer: _answer, decision: _decision, ...details } = group.members;
  return { label: group.label, details };
}

function codesOf(member: Member): readonly string[] {
  return member.kind === 'code' ? member.set.codes : [];
}

function findingsOf({ member, evaluate }: ScreeningRule, details: object): readonly Finding[] {
  const record = { screening: { [member]: { answer: 'yes', ...details } } };
  // Rules of single items read only the item itself.
  return evaluate(record as unknown as ImsRecord, DEFAULT_POLICY);
}

function resultOf(rule: ScreeningRule, details: object): string {
  const findings = findingsOf(rule, details);
  if (findings.length === 0) return 'no finding';
  return findings.map((finding) => `${finding.class} (${finding.scope})`).join(', ');
}

/** The source that findings of the item state; a detail without a finding states none. */
function sourceOf(rule: ScreeningRule): string {
  return findingsOf(rule, {})[0]?.source ?? '';
}
