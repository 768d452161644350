/** Runs one simulated night in a process of its own, so that it can be killed: `night-child.ts DIR SEED NIGHT LINKS`. */
import { runNight, simulate } from './nights.ts';

const [dir = '', seed = '', night = '', links = ''] = process.argv.slice(2);
const answers = simulate(Number(seed), Number(night) + 1, Number(links))[Number(night)] ?? [];
process.stdout.write('ready\n');
await runNight(dir, Number(night), answers);
process.stdout.write('done\n');
