package certificates
import ("testing";"encoding/json";"os";"fmt";"strings")
func TestOneOff(t *testing.T){
 raw,_:=os.ReadFile("/tmp/seal/rings.json"); want:=map[string]string{}; json.Unmarshal(raw,&want)
 n,bad,zero:=0,0,0
 cmp:=func(key string, c []Point){ n++; got:=path(c); w:=want[key]; if w=="" {t.Fatal(key)}
  if got!=w { if got==strings.ReplaceAll(w,"-0.0","0.0"){zero++} else {bad++; t.Log(key); a:=strings.Split(got,"L"); b:=strings.Split(w,"L"); for i:=range a{ if a[i]!=b[i]{t.Log(a[i],"|",b[i])}}}}}
 for _,k:=range []int{16,18,20,24}{cmp(fmt.Sprintf("99 %d .09 0",k),rosette(99,k,.09,0))}
 for _,k:=range []int{8,9,10,11,12}{for i:=range 10{cmp(fmt.Sprintf("76 %d %d 0",k,i),rosette(76,k,.30+float64(i)/100,0))}}
 for _,k:=range []int{5,6,7,9}{for i:=range 15{cmp(fmt.Sprintf("52 %d %d 1",k,i),rosette(52,k,.5+float64(i)/100,1))}}
 t.Log(n,bad,zero)
 fmt.Println(checkOf("ISO79"))
 for range 3 {fmt.Println(NewSeal("RW-2026-7KQ4M-2XD9T-C8").Rings[2].Turns)}
 fmt.Println(NewSeal("RW-2026-7KQ4M-2XD9T-C8").SVG("Gemeente Rietwaarde")[:400])
}
