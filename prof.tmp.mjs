import { DuckDBConnection } from '@duckdb/node-api';
for (const m of ['run','runAndReadAll','stream']) { const o=DuckDBConnection.prototype[m]; DuckDBConnection.prototype[m]=async function(sql,...a){const s=performance.now();const r=await o.call(this,sql,...a);const t=performance.now()-s; if(t>50) console.error(t.toFixed(0)+'ms',sql.replace(/\s+/g,' ').slice(0,140));return r;} }
const t0=performance.now();
const {run}=await import('/work/main/dist/cli/run.js');
await run(process.argv.slice(2),{stdin:process.stdin,stdout:{write(){}},stderr:process.stderr});
console.error('total',((performance.now()-t0)/1000).toFixed(2), Math.round(process.resourceUsage().maxRSS/1024)+'MB');
