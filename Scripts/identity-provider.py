"""Writes the next configuration of the identity provider that Scripts/identity-provider.sh runs, with the key that lies
in its folder; or, with --issuer, asks a running one for its name. Python's standard library alone."""

import hashlib
import json
import os
import pathlib
import sys
import time
import urllib.request

SECRET = "secret-of-styrehus"


def client(name, **more):
    """A client as the provider keeps it; what is not said is safe."""
    options = {
        "oidcRPMetaDataOptionsClientID": name,
        "oidcRPMetaDataOptionsClientSecret": SECRET,
        "oidcRPMetaDataOptionsIDTokenSignAlg": "RS256",
        "oidcRPMetaDataOptionsIDTokenExpiration": 300,
        # Name, e-mail and groups in the ID token, as other providers do by themselves.
        "oidcRPMetaDataOptionsIDTokenForceClaims": 1,
        "oidcRPMetaDataOptionsRequirePKCE": 1,
        "oidcRPMetaDataOptionsBypassConsent": 1,
        "oidcRPMetaDataOptionsLogoutBypassConfirm": 1,
        "oidcRPMetaDataOptionsUserIDAttr": "uid",
        "oidcRPMetaDataOptionsRedirectUris": os.environ.get(
            "PROVIDER_REDIRECT", "http://localhost:8080/sign-in/answer"
        ),
        "oidcRPMetaDataOptionsPostLogoutRedirectUris": os.environ.get(
            "PROVIDER_SIGNED_OUT", "http://localhost:8080/"
        ),
    }
    options.update({f"oidcRPMetaDataOptions{key}": value for key, value in more.items()})
    return options


def clients():
    return {
        name.replace("-", "_"): client(name, **more)
        for name, more in {
            "styrehus": {},
            "styrehus-rs512": {"IDTokenSignAlg": "RS512"},
            "styrehus-public": {"Public": 1, "ClientSecret": ""},
            "styrehus-hs256": {"IDTokenSignAlg": "HS256"},
            "styrehus-none": {"IDTokenSignAlg": "none"},
        }.items()
    }


def configuration(folder, number, port):
    key = (folder / "key.pem").read_text()
    public = (folder / "key.pub").read_text()
    claims = {"name": "cn", "email": "mail", "preferred_username": "uid", "groups": "groups;string;always"}
    rps = clients()
    return {
        "cfgNum": number,
        "cfgAuthor": "styrehus",
        "cfgDate": int(time.time()),
        "cfgVersion": "2.16.1",
        "portal": f"http://localhost:{port}/",
        "domain": "localhost",
        "cookieName": "provider",
        "securedCookie": 0,
        "authentication": "Demo",
        "userDB": "Same",
        "passwordDB": "Demo",
        "demoExportedVars": {"cn": "cn", "mail": "mail", "uid": "uid"},
        "exportedVars": {},
        "whatToTrace": "uid",
        "globalStorage": "Apache::Session::File",
        "globalStorageOptions": {"Directory": f"{folder}/sessions", "LockDirectory": f"{folder}/sessions/lock"},
        "persistentStorage": "Apache::Session::File",
        "persistentStorageOptions": {"Directory": f"{folder}/psessions", "LockDirectory": f"{folder}/psessions/lock"},
        "localSessionStorage": "Cache::FileCache",
        "localSessionStorageOptions": {"cache_root": f"{folder}/cache", "namespace": "sessions"},
        "locationRules": {f"localhost:{port}": {"default": "accept"}},
        "issuerDBOpenIDConnectActivation": 1,
        "oidcServiceAllowAuthorizationCodeFlow": 1,
        "oidcServicePrivateKeySig": key,
        "oidcServicePublicKeySig": public,
        "oidcServiceKeyIdSig": hashlib.sha256(public.encode()).hexdigest()[:16],
        "oidcServiceIgnoreScopeForClaims": 1,
        "oidcRPMetaDataOptions": rps,
        "oidcRPMetaDataExportedVars": {name: claims for name in rps},
        "portalDisplayRegister": 0,
        "portalDisplayResetPassword": 0,
        "portalCheckLogins": 0,
        "loginHistoryEnabled": 0,
    }


def main():
    if sys.argv[1] == "--issuer":
        with urllib.request.urlopen(sys.argv[2] + "/.well-known/openid-configuration", timeout=10) as answer:
            print(json.load(answer)["issuer"])
        return
    folder = pathlib.Path(sys.argv[1])
    known = [int(file.stem.split("-")[1]) for file in (folder / "conf").glob("lmConf-*.json")]
    number = max(known, default=0) + 1
    port_file = folder / "port"
    if "PROVIDER_PORT" in os.environ:
        port_file.write_text(os.environ["PROVIDER_PORT"])
    written = configuration(folder, number, int(port_file.read_text()))
    unfinished = folder / "unfinished.json"
    unfinished.write_text(json.dumps(written, indent=1))
    unfinished.rename(folder / "conf" / f"lmConf-{number}.json")


main()
