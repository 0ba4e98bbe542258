"""The pipeline past one machine: the same Python functions, spread over lifters by Spark.

Needs the extra ``spark`` and Java 17; nothing else imports this package before it is asked for.
"""
