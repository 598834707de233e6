"""What is typed into fields to get out of them. Every piece of markup carries a mark of its own, so that an element or
an attribute that came from it is known wherever it turns up."""

MARK = "xq7"

_HANDLERS = ("onload", "onerror", "onfocus", "onmouseover", "onclick", "ontoggle", "onanimationstart", "onbeforeinput")
_TAGS = (
    "script", "img", "svg", "iframe", "object", "embed", "math", "style", "link", "meta", "base", "form", "input",
    "button",
    "video", "audio", "details", "marquee", "body", "template", "textarea", "title", "xmp", "noscript", "select",
    "plaintext")


def _made():
    for tag in _TAGS:
        yield f"<{tag} {MARK}=1 src=x href=//x onerror=alert(1)>"
    for handler in _HANDLERS:
        yield f'" {handler}=alert(1) {MARK}="'
        yield f"' {handler}=alert(1) {MARK}='"
        yield f"x {handler}=alert(1) {MARK}=1"
        yield f"<a {MARK}=1 {handler}=alert(1)>"
    for end in ("</title>", "</textarea>", "</style>", "</script>", "</select>", "</option>", "</td></tr></table>",
                "-->", "]]>",
                '">', "'>", "/>", '"/>', "`>", "</p>", "</main>", "</a>", "</svg>", '"]}', "?>"):
        yield f"{end}<{MARK}>"
        yield f"{end}<script {MARK}>alert(1)</script>"
    # Broken, cut, doubled, in other letters and in other codings.
    yield from (
        f"<{MARK}", f"<{MARK}/>", f"< {MARK}>", f"<<{MARK}>>", f"<{MARK}\t/x=1>", f"<{MARK}//", f"<{MARK.upper()}>",
        f"<!--><{MARK}>", f"<![CDATA[<{MARK}>]]>", f"<!{MARK}>", f"<?{MARK}?>", f"</{MARK}>", f"<{MARK}&#x3e;",
        f"&lt;{MARK}&gt;",
        f"&amp;lt;{MARK}&amp;gt;", f"&#60;{MARK}&#62;", f"&#x3c{MARK}&#x3e", f"%3C{MARK}%3E", f"%253C{MARK}%253E",
        f"\\x3c{MARK}\\x3e", f"\\u003c{MARK}\\u003e", f"+ADw-{MARK}+AD4-", f"\u00bc{MARK}\u00be", f"\uff1c{MARK}\uff1e",
        f"\u2039{MARK}\u203a", f"\u3008{MARK}\u3009", f"<\u0000{MARK}>", f"<{MARK}\u0000>", f"<scr<script>ipt {MARK}>",
        f"<a {MARK} href=javascript:alert(1)>", f"javascript:alert('{MARK}')", f"JaVaScRiPt:{MARK}",
        f"java\tscript:{MARK}",
        f" javascript:{MARK}", f"data:text/html,<{MARK}>", f"vbscript:{MARK}", f"//{MARK}.example",
        f"https://{MARK}.example",
        f"{{{{7*7}}}}{MARK}", f"${{7*7}}{MARK}", f"<%= {MARK} %>", f"#{{{MARK}}}", f"{MARK}\"'<>&`=/",
        f"\u2028<{MARK}>",
        f"\u202e<{MARK}>", f"\ufeff<{MARK}>", f"<{MARK} style=x:expression(alert(1))>", f"';alert('{MARK}');//",
        f"\";alert('{MARK}');//", f"</script><svg/onload=alert(1) {MARK}>",
        f"<svg><script {MARK}>alert&#40;1)</script>",
        f"<math><mi//xlink:href='data:x' {MARK}>", f"<form><button formaction=javascript:x {MARK}>",
        f"<isindex {MARK} action=j&Tab;avas&Tab;c&Tab;r&Tab;ipt:alert(1)>",
        f"<x {MARK} contenteditable onblur=alert(1)>x")


XSS = list(dict.fromkeys(_made()))

FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "=cmd|' /C calc'!A0", "'=1+1", "=HYPERLINK(\"//x\")",
            "\r=1+1", " =1+1",
            '"=1+1', "=1+1;=2+2", "\n=1+1", "+45 12345678", "-", "=")

SQL = ("'", "''", "\"", "`", "\\", "';--", "' OR '1'='1", "' OR 1=1--", "') OR ('1'='1", "\" OR \"\"=\"", "1 OR 1=1",
       "1; SELECT 1",
       "'; DROP TABLE people_person;--", "' UNION SELECT NULL--", "' UNION SELECT 1,2,3,4,5--", "1' AND '1'='1",
       "1' AND '1'='2",
       "' AND randomblob(900000000) AND '1'='1", "'||(SELECT sql FROM sqlite_master)||'", "*", "%", "_", "NEAR(a b)",
       "a AND",
       "\"a", "{a}", ":tenant", "?1", "$1", "@x", "'/**/OR/**/1=1", "%27%20OR%201=1", "\u02bc OR 1=1", "0x27", "NULL",
       "1e309")
