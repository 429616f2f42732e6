// Names of one record: keys, each once, and the people and items that references may name.

/** Lists whose items a member may name, by the member's name; an unlisted one names any item. */
const FITTING: Readonly<Record<string, readonly string[]>> = {
  complaintKeys: ['episode.complaints'],
  baseline: ['assessment.pain'],
  siteKey: ['session.sites', 'session.sitesNotNeedled'],
  siteKeys: ['session.sites', 'session.sitesNotNeedled'],
  appliesTo: ['session.sites', 'session.sitesNotNeedled'],
  eventKey: ['events'],
  indicatedBy: [
    'assessment.sites.tenderness',
    'assessment.sites.tautBand',
    'assessment.sites.shortening',
  ],
  supportedBy: ['session.sites.twitch', 'session.sites.grasp'],
  key: ['events'],
  documentKey: ['documents'],
  drawing: ['documents'],
  event: ['events'],
  needleKey: ['session.needleTypes'],
  returnSiteKey: ['session.sites'],
  notCompressible: ['session.sites'],
  surgeryKey: ['screening.surgeries.surgeries'],
};

/** Defines the names of one record and resolves numbers to them. */
export class Names {
  readonly #taken = new Set<string>();
  readonly #keys = new Map<string, string[]>();
  readonly #practitioners: string[] = [];

  /**
   * A free key for the item at `path`. The same number gives the same key in another record, unless
   * it is taken there: items come and go, and come again.
   */
  define(path: readonly string[], number: number): string {
    const prefix = path.slice(-2).join('-');
    for (let next = number; ; next++) {
      const key = `${prefix}${next % 2 === 0 ? '-' : '.'}${next}`;
      if (this.#taken.has(key)) continue;
      this.#taken.add(key);
      const list = path.join('.');
      this.#keys.set(list, [...(this.#keys.get(list) ?? []), key]);
      return key;
    }
  }

  /** The key that `number` names in a member called `member`; undefined where no item fits. */
  keyFor(member: string, number: number): string | undefined {
    const lists = FITTING[member];
    const fitting =
      lists === undefined ? [...this.#taken] : lists.flatMap((list) => this.#keys.get(list) ?? []);
    return fitting[number % fitting.length];
  }

  addPractitioner(id: string): void {
    if (!this.#practitioners.includes(id)) this.#practitioners.push(id);
  }

  /** The practitioner that `number` names; undefined where the record lists none. */
  practitioner(number: number): string | undefined {
    return this.#practitioners[number % this.#practitioners.length];
  }
}
