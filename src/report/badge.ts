import type { Status } from '../types.ts';
import type { Language } from '../words.ts';

/** The endpoint badge of shields.io: how many links stand, coloured by the worst of them. */
export function badge(status: Status, language: Language): string {
  const dead = status.links.filter((link) => link.health === 'dead').length;
  const healthy = status.links.filter((link) => link.health === 'healthy').length;
  const message =
    dead > 0
      ? language === 'zh'
        ? `${dead} 个失效`
        : `${dead} dead`
      : language === 'zh'
        ? `${healthy}/${status.links.length} 正常`
        : `${healthy}/${status.links.length} healthy`;
  const color = dead > 0 ? 'red' : healthy === status.links.length ? 'brightgreen' : 'yellow';
  return `${JSON.stringify({ schemaVersion: 1, label: language === 'zh' ? '链接' : 'links', message, color }, null, 2)}\n`;
}
