scan () 
{ 
    echo "== $1";
    /tmp/wt/g25js/bin/plugvet scan --quiet --no-progress -f json $1 | python3 -c "
import json,sys
r=json.load(sys.stdin)
for p in r['plugins']:
  for f in p.get('findings') or []: print('  ',f['rule'],f['severity'],f['path'],f.get('excerpt','')[:80])"
}
