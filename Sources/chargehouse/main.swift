print("chargehouse")
