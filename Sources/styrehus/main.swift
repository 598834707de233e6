print("styrehus")
